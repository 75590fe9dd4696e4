import { uuidv4 } from 'lib0/random';

/** What the browser tells the provider about the network and the tab. */
export interface NetworkWatcher {
  /** The network is back or the tab is looked at again: try now, do not wait for the back-off. */
  wake: () => void;
  /** The browser says that there is no network. */
  offline: () => void;
}

/** Everything of the outside world that the client touches, so that tests can be exact about time and chance. */
export interface Environment {
  WebSocket: typeof globalThis.WebSocket;
  /** Epoch milliseconds. */
  now: () => number;
  /** [0, 1) */
  random: () => number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  schedule: (task: () => void, delayMs: number) => () => void;
  newId: () => string;
  /** Starts watching; the returned function stops. */
  watchNetwork: (watcher: NetworkWatcher) => () => void;
}

/** The browser's own clock, chance, sockets and network events, with any part replaced. */
export function environment(replaced: Partial<Environment> = {}): Environment {
  return {
    WebSocket: replaced.WebSocket ?? globalThis.WebSocket,
    now: replaced.now ?? Date.now,
    random: replaced.random ?? Math.random,
    schedule: replaced.schedule ?? scheduleWithTimeout,
    // Not crypto.randomUUID: browsers have it only on https, and a self-hosted server may be plain http on a LAN.
    newId: replaced.newId ?? uuidv4,
    watchNetwork: replaced.watchNetwork ?? watchBrowser,
  };
}

function scheduleWithTimeout(task: () => void, delayMs: number): () => void {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
}

function watchBrowser(watcher: NetworkWatcher): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const onVisibility = () => {
    if (document.visibilityState === 'visible') watcher.wake();
  };
  window.addEventListener('online', watcher.wake);
  window.addEventListener('offline', watcher.offline);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    window.removeEventListener('online', watcher.wake);
    window.removeEventListener('offline', watcher.offline);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
