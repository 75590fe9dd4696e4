import { ByteReader, MalformedBytes } from '../shared/byte-reader.ts';

/** The structs of one client within an update. */
export interface UpdateSection {
  readonly client: number;
  /** Clock of its first struct that is not a skip; equal to `end` when there is none. */
  readonly start: number;
  readonly end: number;
  /** The document must already know this client up to here: the end of its last gap, or 0. */
  readonly gapEnd: number;
}

/** What an update contains and leans on, read from its bytes alone. */
export interface UpdateShape {
  readonly sections: ReadonlyMap<number, UpdateSection>;
  /** Highest clock of other clients' structs that it refers to. */
  readonly needs: ReadonlyMap<number, number>;
  /** Delete ranges as a flat list of client, clock, length. */
  readonly deletes: readonly number[];
}

const noNeeds: ReadonlyMap<number, number> = new Map();
/** Deeper values than this are an attack on the stack, not data. */
const deepestValue = 64;
const highestTypeRef = 6;

/**
 * Reads the whole structure of a Yjs V1 update and throws {@link MalformedBytes} for whatever Yjs itself could not
 * apply whole: `Y.applyUpdate` is not atomic, so that must be known before. It makes no string but those that Yjs would
 * parse as JSON.
 */
export function inspectUpdate(update: Uint8Array): UpdateShape {
  const reader = new ByteReader(update);
  const sections = new Map<number, UpdateSection>();
  let needs: Map<number, number> | null = null;
  let clockNow = 0;
  let clientNow = 0;

  const refer = (): void => {
    const client = reader.varUint();
    const clock = reader.varUint();
    if (client === clientNow) {
      if (clock >= clockNow) throw new MalformedBytes('a struct refers to its own future');
      return;
    }
    needs ??= new Map();
    const known = needs.get(client);
    if (known === undefined || known < clock) needs.set(client, clock);
  };

  const clientCount = reader.varUint();
  if (clientCount > reader.left) throw new MalformedBytes('too many clients');
  for (let c = 0; c < clientCount; c++) {
    const structCount = reader.varUint();
    if (structCount > reader.left) throw new MalformedBytes('too many structs');
    clientNow = reader.varUint();
    clockNow = reader.varUint();
    if (sections.has(clientNow)) throw new MalformedBytes('a client twice');
    let start = -1;
    let gapEnd = 0;
    for (let s = 0; s < structCount; s++) {
      const info = reader.byte();
      const ref = info & 31;
      let length: number;
      if (ref === 0 || ref === 10) {
        length = reader.varUint();
      } else {
        if (info & 128) refer();
        if (info & 64) refer();
        if ((info & 192) === 0) {
          // Yjs takes 1 for a root's name and everything else for the id of a parent item.
          if (reader.varUint() === 1) reader.skipString();
          else refer();
          if (info & 32) reader.skipString();
        }
        length = skipContent(reader, ref);
      }
      if (length < 1 || clockNow + length > Number.MAX_SAFE_INTEGER) throw new MalformedBytes('impossible length');
      if (ref === 10) gapEnd = clockNow + length;
      else if (start < 0) {
        start = clockNow;
        gapEnd = 0; // What is skipped before the first struct asks for no more than the struct itself does.
      }
      clockNow += length;
    }
    // A trailing skip has nothing after it that would need the gap filled.
    if (gapEnd === clockNow) gapEnd = 0;
    sections.set(clientNow, { client: clientNow, start: start < 0 ? clockNow : start, end: clockNow, gapEnd });
  }
  const deletes = readDeletes(reader);
  if (reader.left !== 0) throw new MalformedBytes('bytes after the end');
  return { sections, needs: needs ?? noNeeds, deletes };
}

function readDeletes(reader: ByteReader): number[] {
  const deletes: number[] = [];
  const clientCount = reader.varUint();
  if (clientCount > reader.left) throw new MalformedBytes('too many clients');
  for (let c = 0; c < clientCount; c++) {
    const client = reader.varUint();
    const rangeCount = reader.varUint();
    if (rangeCount > reader.left) throw new MalformedBytes('too many deletes');
    for (let r = 0; r < rangeCount; r++) {
      const clock = reader.varUint();
      const length = reader.varUint();
      if (length < 1 || clock + length > Number.MAX_SAFE_INTEGER) throw new MalformedBytes('impossible delete');
      deletes.push(client, clock, length);
    }
  }
  return deletes;
}

/** Skips one item's content and answers its length in clocks. */
function skipContent(reader: ByteReader, ref: number): number {
  switch (ref) {
    case 1: // deleted
      return reader.varUint();
    case 2: {
      const count = reader.varUint();
      if (count > reader.left) throw new MalformedBytes('too many values');
      for (let i = 0; i < count; i++) skipJson(reader, true);
      return count;
    }
    case 3: // binary
      reader.skip(reader.varUint());
      return 1;
    case 4: // text
      return reader.skipString();
    case 5: // embed
      skipJson(reader, false);
      return 1;
    case 6: // format
      reader.skipString();
      skipJson(reader, false);
      return 1;
    case 7: {
      const type = reader.varUint();
      if (type > highestTypeRef) throw new MalformedBytes('unknown type');
      if (type === 3 || type === 5) reader.skipString();
      return 1;
    }
    case 8: {
      const count = reader.varUint();
      if (count > reader.left) throw new MalformedBytes('too many values');
      for (let i = 0; i < count; i++) skipAny(reader, 0);
      return count;
    }
    case 9: // sub-document: id and options, which Yjs reads as an object
      reader.skipString();
      if (reader.bytes[reader.at] !== 118) throw new MalformedBytes('sub-document without options');
      skipAny(reader, 0);
      return 1;
    default:
      throw new MalformedBytes('unknown content');
  }
}

function skipJson(reader: ByteReader, undefinedToo: boolean): void {
  const json = reader.varString();
  if (undefinedToo && json === 'undefined') return;
  try {
    JSON.parse(json);
  } catch {
    throw new MalformedBytes('not JSON');
  }
}

/**
 * Yjs reads an object's key `__proto__` as its prototype. With bytes there it can never encode the document again, for
 * nobody; with anything else its copies differ once the document is encoded anew.
 */
const protoKey = new TextEncoder().encode('__proto__');
const endsWithProto = ({ bytes, at }: ByteReader): boolean =>
  protoKey.every((byte, index) => bytes[at - protoKey.length + index] === byte);

function skipAny(reader: ByteReader, depth: number): void {
  if (depth > deepestValue) throw new MalformedBytes('nested too deeply');
  switch (reader.byte()) {
    case 127:
    case 126:
    case 121:
    case 120:
      return;
    case 125:
      return reader.skipVarInt();
    case 124:
      return reader.skip(4);
    case 123:
    case 122:
      return reader.skip(8);
    case 119:
      reader.skipString();
      return;
    case 118: {
      for (let left = reader.varUint(); left > 0; left--) {
        if (reader.skipString() === protoKey.length && endsWithProto(reader))
          throw new MalformedBytes('an object with a prototype');
        skipAny(reader, depth + 1);
      }
      return;
    }
    case 117: {
      for (let left = reader.varUint(); left > 0; left--) skipAny(reader, depth + 1);
      return;
    }
    case 116:
      return reader.skip(reader.varUint());
    default:
      throw new MalformedBytes('unknown value');
  }
}
