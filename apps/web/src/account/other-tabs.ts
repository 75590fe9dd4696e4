const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('rapport-account') : undefined;

/** Tells this browser's other tabs that the person signed out here. */
export function tellSignedOut(): void {
  // eslint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin only
  channel?.postMessage('signed-out');
}

/** Calls back when the person signed out in another tab: nothing may be kept on this device any more. */
export function onSignedOutElsewhere(listener: () => void): void {
  channel?.addEventListener('message', (event) => {
    if (event.data === 'signed-out') listener();
  });
}
