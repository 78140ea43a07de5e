#!/usr/bin/env python3
"""A second host on this machine, behind a slow line: shaper.py NAMESPACE HERE THERE DELAY_MS

Makes a network namespace with the address THERE, joined to this one (HERE) by two TUN devices with this process between
them: whatever crosses, TCP and UDP alike, arrives DELAY_MS later, in order. (The kernel's own netem is a module that
many machines do not have.) Says "ready"; takes everything away again when its standard input ends, so also when whoever
started it died. Needs root, /dev/net/tun and iproute2.
"""
import fcntl
import os
import select
import struct
import subprocess
import sys
import time
from collections import deque

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
BURST = 64  # packets of one side before the other's turn


def run(*command):
    subprocess.run(command, check=True)


def tun(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return device


def main():
    namespace, here, there, delay = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]) / 1000
    near_name, far_name = f"hbn{os.getpid()}", f"hbf{os.getpid()}"
    run("ip", "netns", "add", namespace)
    try:
        near, far = tun(near_name), tun(far_name)
        run("ip", "addr", "add", f"{here}/30", "dev", near_name)
        run("ip", "link", "set", near_name, "up")
        run("ip", "link", "set", far_name, "netns", namespace)
        run("ip", "-n", namespace, "addr", "add", f"{there}/30", "dev", far_name)
        run("ip", "-n", namespace, "link", "set", far_name, "up")
        run("ip", "-n", namespace, "link", "set", "lo", "up")
        run("ip", "-n", namespace, "route", "add", "default", "via", here)
        print("ready", flush=True)
        carry(near, far, delay)
    finally:
        run("ip", "netns", "del", namespace)


def carry(near, far, delay):
    other = {near: far, far: near}
    due = deque()  # (when, where to, packet); the same delay for all, so it is in order
    while True:
        wait = max(0.0, due[0][0] - time.monotonic()) if due else None
        readable, _, _ = select.select([near, far, sys.stdin], [], [], wait)
        now = time.monotonic()
        for device in readable:
            if device is sys.stdin:
                if not os.read(sys.stdin.fileno(), 1024):
                    return
                continue
            for _ in range(BURST):
                try:
                    due.append((now + delay, other[device], os.read(device, 65536)))
                except BlockingIOError:
                    break
        now = time.monotonic()
        while due and due[0][0] <= now:
            _, device, packet = due.popleft()
            try:
                os.write(device, packet)
            except OSError:
                pass  # a full queue drops, as a line does


main()
