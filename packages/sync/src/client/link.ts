import { closeCode } from '../shared/wire.ts';
import { retryDelayMs } from './backoff.ts';
import type { Environment } from './environment.ts';

/** How long a silent link is trusted before it is probed. */
const idleMs = 15_000;
/** How long an answer may take once something was asked. */
const replyTimeoutMs = 15_000;
/** How long the first frame may take: a large document on a slow line comes as one message. */
const firstFrameTimeoutMs = 45_000;
const checkEveryMs = 5_000;

/** Why the server ended it for good. `reason` is the server's sentence. */
export interface FinalClose {
  code: number;
  reason: string;
}

export interface LinkEvents {
  opened: () => void;
  received: (frame: Uint8Array) => void;
  /** The socket is gone; the link comes back by itself. */
  lost: () => void;
  /** The server refused for good; nothing more happens until `start`. */
  ended: (close: FinalClose) => void;
  /** Something that the server will answer, to find out whether the link still lives. */
  probe: () => void;
}

/** One self-healing WebSocket. It knows nothing of documents. */
export interface Link {
  start: () => void;
  stop: () => void;
  /** False when there is no open socket; the frame is then dropped, as a reconnect syncs everything anyway. */
  send: (frame: Uint8Array<ArrayBuffer>) => boolean;
  /** Something was sent that the server must answer: silence from here on is a dead link. */
  expectReply: () => void;
  /** The connection proved useful: the next loss starts from the shortest delay. */
  settled: () => void;
  /** Drops the socket and comes back after at least `minimumMs`. */
  restart: (minimumMs: number) => void;
  isOpen: () => boolean;
  /** Epoch ms of the next attempt, or null. */
  nextRetryAt: () => number | null;
}

export function makeLink(url: string, env: Environment, events: LinkEvents): Link {
  let socket: WebSocket | null = null;
  let isRunning = false;
  let attempt = 0;
  let retryAt: number | null = null;
  let cancelRetry = () => undefined as void;
  let cancelCheck = () => undefined as void;
  let unwatch = () => undefined as void;
  let lastFrameAt = 0;
  let awaitingSince: number | null = null;
  let awaitingLimitMs = replyTimeoutMs;
  let lastBuffered = 0;

  const await_ = (limitMs: number) => {
    awaitingSince ??= env.now();
    awaitingLimitMs = limitMs;
  };

  /** Forgets the socket without hearing from it again. */
  const discard = () => {
    cancelCheck();
    awaitingSince = null;
    const old = socket;
    socket = null;
    if (!old) return;
    old.onopen = old.onmessage = old.onclose = null;
    // A socket that is closed before it opened reports an error, which is no news.
    old.onerror = () => undefined;
    old.close();
  };

  const retryAfter = (delayMs: number) => {
    cancelRetry();
    retryAt = env.now() + delayMs;
    cancelRetry = env.schedule(connect, delayMs);
  };

  const lose = (spreadMs = 0, minimumMs = 0) => {
    discard();
    if (!isRunning) return;
    retryAfter(Math.max(minimumMs, retryDelayMs(attempt, env.random(), spreadMs)));
    attempt += 1;
    events.lost();
  };

  const check = () => {
    const open = socket;
    if (!open) return;
    const now = env.now();
    // A clock that was set back must not make a dead link wait until it has caught up.
    lastFrameAt = Math.min(lastFrameAt, now);
    if (awaitingSince !== null) {
      awaitingSince = Math.min(awaitingSince, now);
      // Still uploading is not silence.
      if (open.bufferedAmount > 0 && open.bufferedAmount < lastBuffered) awaitingSince = now;
      if (now - awaitingSince >= awaitingLimitMs) return lose();
    } else if (now - lastFrameAt >= idleMs) {
      events.probe();
    }
    lastBuffered = open.bufferedAmount;
    cancelCheck = env.schedule(check, checkEveryMs);
  };

  function connect(): void {
    cancelRetry();
    retryAt = null;
    if (!isRunning || socket) return;
    const opening = new env.WebSocket(url);
    socket = opening;
    opening.binaryType = 'arraybuffer';
    await_(replyTimeoutMs);
    cancelCheck = env.schedule(check, checkEveryMs);
    opening.onopen = () => {
      awaitingSince = null;
      lastFrameAt = env.now();
      await_(firstFrameTimeoutMs);
      events.opened();
    };
    opening.onmessage = (event: MessageEvent<ArrayBuffer | string>) => {
      if (typeof event.data === 'string') return;
      lastFrameAt = env.now();
      awaitingSince = null;
      events.received(new Uint8Array(event.data));
    };
    // A close event always follows and says more.
    opening.onerror = () => undefined;
    opening.onclose = (event) => {
      if (event.code >= 4400 && event.code <= 4499) {
        discard();
        halt();
        events.ended({ code: event.code, reason: event.reason });
      } else if (event.code === closeCode.overload) lose(5_000, 500);
      else if (event.code === closeCode.restart) lose(2_000);
      else lose();
    };
  }

  const halt = () => {
    isRunning = false;
    cancelRetry();
    retryAt = null;
    unwatch();
  };

  const wake = () => {
    if (!socket) {
      connect();
    } else if (socket.readyState === 1 && awaitingSince === null) {
      events.probe();
    }
  };

  return {
    start: () => {
      if (isRunning) return;
      isRunning = true;
      attempt = 0;
      unwatch = env.watchNetwork({
        wake,
        offline: () => {
          if (socket) lose();
        },
      });
      connect();
    },
    stop: () => {
      halt();
      discard();
    },
    send: (frame) => {
      if (socket?.readyState !== 1) return false;
      socket.send(frame);
      return true;
    },
    expectReply: () => await_(replyTimeoutMs),
    settled: () => {
      attempt = 0;
    },
    restart: (minimumMs) => {
      if (socket) lose(0, minimumMs);
    },
    isOpen: () => socket?.readyState === 1,
    nextRetryAt: () => retryAt,
  };
}

/** Asks the server for notices, which stock clients would not understand. */
export function urlWithNotices(url: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}x=1`;
}
