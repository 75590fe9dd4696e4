import type { LiveMessage } from '@rapport/domain/live-message';
import { retryDelayMs } from '@rapport/sync/client/backoff';

export interface LiveChannel {
  close: () => void;
}

/**
 * Hears of the server's changes, to fetch again what is on screen. `missed` is called at each contact after an
 * attempt that failed or ended, the very first contact of a page that began without a connection included: what it asked
 * the server for meanwhile was not answered, and what changed was not heard. `ended`: the person is no longer let in.
 */
export function openLiveChannel(
  url: string,
  listener: { heard: (message: LiveMessage) => void; missed: () => void; ended: () => void },
): LiveChannel {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let hasMissed = false;
  let isClosed = false;

  const connect = () => {
    clearTimeout(timer);
    timer = undefined;
    socket = new WebSocket(url);
    socket.onopen = () => {
      attempt = 0;
      if (hasMissed) listener.missed();
      hasMissed = false;
    };
    socket.onmessage = (event) => {
      if (typeof event.data === 'string') listener.heard(JSON.parse(event.data) as LiveMessage);
    };
    socket.onclose = (event) => {
      socket = undefined;
      hasMissed = true;
      // 44xx is final: signed out or no longer a member.
      if (isClosed) return;
      if (event.code >= 4400 && event.code < 4500) {
        listener.ended();
        return;
      }
      timer = setTimeout(connect, retryDelayMs(attempt++, Math.random()));
    };
  };
  const wake = () => {
    if (!isClosed && socket === undefined && timer !== undefined) connect();
  };
  addEventListener('online', wake);
  connect();
  return {
    close() {
      isClosed = true;
      removeEventListener('online', wake);
      clearTimeout(timer);
      socket?.close();
    },
  };
}
