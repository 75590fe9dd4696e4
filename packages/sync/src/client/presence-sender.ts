import { encodeAwarenessUpdate, type Awareness } from 'y-protocols/awareness';
import { frameOf } from '../shared/frames.ts';
import { message } from '../shared/wire.ts';
import type { Environment } from './environment.ts';
import type { Link } from './link.ts';

/** At most ten pointer positions a second: more is not visible and costs everybody. */
const sendEveryMs = 100;

/** Sends this client's own presence: at once, or when the last time was too short a while ago, in a moment. */
export function makePresenceSender(options: {
  awareness: Awareness;
  link: Pick<Link, 'send' | 'isOpen'>;
  environment: Environment;
  /** Origin of what came from the server. */
  received: unknown;
}): { send: () => void; stop: () => void } {
  const { awareness, link, environment: env, received } = options;
  const own = awareness.clientID;
  let cancel: (() => void) | null = null;
  let sentAt = Number.NEGATIVE_INFINITY;

  const send = () => {
    cancel?.();
    cancel = null;
    if (!awareness.meta.has(own) || !link.isOpen()) return;
    sentAt = env.now();
    link.send(frameOf(message.awareness, encodeAwarenessUpdate(awareness, [own])));
  };

  const onUpdate = (ids: { added: number[]; updated: number[]; removed: number[] }, origin: unknown) => {
    if (origin === received || cancel) return;
    if (!ids.added.includes(own) && !ids.updated.includes(own) && !ids.removed.includes(own)) return;
    const waitMs = sentAt + sendEveryMs - env.now();
    if (waitMs <= 0) send();
    else cancel = env.schedule(send, waitMs);
  };
  awareness.on('update', onUpdate);

  return {
    send,
    stop: () => {
      awareness.off('update', onUpdate);
      cancel?.();
      cancel = null;
    },
  };
}
