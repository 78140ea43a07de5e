/** Whether the browser lets the extension's pages notify (WHATWG Notifications): one answer for all of them. */
export function mayNotify(): boolean {
  return typeof Notification === 'function' && Notification.permission === 'granted';
}

/** In a press: asks the person, where the browser has to. */
export async function askToNotify(): Promise<boolean> {
  if (typeof Notification !== 'function') return false;
  return (await Notification.requestPermission()) === 'granted';
}
