import * as encoding from 'lib0/encoding';
import { message } from '../shared/wire.ts';

// y-protocols/sync has the same numbers, but its reader logs and swallows an update that fails to apply.
export const syncStep = { one: 0, two: 1, update: 2 } as const;

export type Frame = Uint8Array<ArrayBuffer>;

/** `[0, step, bytes]`: a state vector for step one, an update for the others. */
export function syncFrame(step: 0 | 1 | 2, bytes: Uint8Array): Frame {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, message.sync);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
}

export function awarenessFrame(states: Uint8Array): Frame {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, message.awareness);
  encoding.writeVarUint8Array(encoder, states);
  return encoding.toUint8Array(encoder);
}

/** Asks the server to echo `version` once everything sent before it is durable. */
export function barrierFrame(version: number): Frame {
  const versionBytes = encoding.encode((encoder) => encoding.writeVarUint(encoder, version));
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, message.barrier);
  encoding.writeVarUint8Array(encoder, versionBytes);
  return encoding.toUint8Array(encoder);
}
