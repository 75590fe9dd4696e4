const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Thrown for bytes that end early or say something impossible. */
export class MalformedBytes extends Error {
  override readonly name = 'MalformedBytes';
}

/**
 * Reads lib0's encoding with every bound checked: it never looks outside its bytes, and a number that JavaScript can't
 * hold is refused. All failures are {@link MalformedBytes}.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get left(): number {
    return this.end - this.at;
  }

  byte(): number {
    if (this.at >= this.end) throw new MalformedBytes('ends early');
    return this.bytes[this.at++] ?? 0;
  }

  varUint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new MalformedBytes('number too large');
      if (byte < 128) return value;
      scale *= 128;
      if (scale > Number.MAX_SAFE_INTEGER) throw new MalformedBytes('number too large');
    }
  }

  /** Skips a signed varInt (6 bits and a sign first, then 7 bits each). */
  skipVarInt(): void {
    let byte = this.byte();
    let scale = 64;
    let value = byte & 63;
    while (byte > 127) {
      byte = this.byte();
      value += (byte & 127) * scale;
      scale *= 128;
      if (value > Number.MAX_SAFE_INTEGER || scale > 2 ** 60) throw new MalformedBytes('number too large');
    }
  }

  skip(length: number): void {
    if (length > this.end - this.at) throw new MalformedBytes('ends early');
    this.at += length;
  }

  /** A view, not a copy. */
  varBytes(): Uint8Array {
    const length = this.varUint();
    const start = this.at;
    this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  varString(): string {
    const bytes = this.varBytes();
    try {
      return utf8.decode(bytes);
    } catch {
      throw new MalformedBytes('text is not UTF-8');
    }
  }

  /** Skips a string and answers its length in UTF-16 units, without making the string when it is plain ASCII. */
  skipString(): number {
    const length = this.varUint();
    const start = this.at;
    this.skip(length);
    for (let i = start; i < this.at; i++) {
      if ((this.bytes[i] ?? 0) > 127) {
        try {
          return utf8.decode(this.bytes.subarray(start, this.at)).length;
        } catch {
          throw new MalformedBytes('text is not UTF-8');
        }
      }
    }
    return length;
  }
}
