/**
 * Ticks for the link. In a worker, because a hidden page's own timers come once a minute; a file of its own, because
 * a strict Content-Security-Policy takes no other.
 */
setInterval(() => postMessage(0), 250);

export {};
