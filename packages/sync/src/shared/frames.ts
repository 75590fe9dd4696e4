import { message } from './wire.ts';

/** The three sync messages of y-protocols. */
export const syncMessage = { step1: 0, step2: 1, update: 2 } as const;

const text = new TextEncoder();

/** Bytes of `value` as a varUint (lib0's encoding). */
export function varUintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) length++;
  return length;
}

/** Writes a varUint at `offset`; answers the offset after it. */
export function writeVarUint(target: Uint8Array, offset: number, value: number): number {
  let rest = value;
  let at = offset;
  while (rest > 127) {
    target[at++] = 128 | (rest % 128);
    rest = Math.floor(rest / 128);
  }
  target[at++] = rest;
  return at;
}

/** `[type, varUint8Array payload]`: barrier, notice (payload is UTF-8) and awareness frames have this shape. */
export function frameOf(type: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(varUintLength(type) + varUintLength(payload.length) + payload.length);
  const at = writeVarUint(frame, writeVarUint(frame, 0, type), payload.length);
  frame.set(payload, at);
  return frame;
}

/** `[0, kind, varUint8Array payload]`. */
export function syncFrame(kind: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(2 + varUintLength(payload.length) + payload.length);
  frame[0] = message.sync;
  frame[1] = kind;
  frame.set(payload, writeVarUint(frame, 2, payload.length));
  return frame;
}

/** A frame whose payload is a string. */
export function textFrame(type: number, payload: string): Uint8Array<ArrayBuffer> {
  return frameOf(type, text.encode(payload));
}
