import type { RecordKey } from './record-places.ts';

/** What `GET /search` answers. */
export interface SearchReply {
  readonly items: readonly FoundRecord[];
  readonly isUpToDate: boolean;
}

export interface FoundRecord extends RecordKey {
  readonly title: string;
  readonly hits: readonly {
    readonly field: string;
    readonly text: string;
    readonly ranges: readonly (readonly [number, number])[];
  }[];
}

/** A piece of a text; found pieces are shown stronger. */
export interface Part {
  readonly text: string;
  readonly isHit: boolean;
}

/** A text cut at what was found in it. */
export function partsOf(text: string, ranges: readonly (readonly [number, number])[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    parts.push({ text: text.slice(at, start), isHit: false }, { text: text.slice(start, end), isHit: true });
    at = end;
  }
  parts.push({ text: text.slice(at), isHit: false });
  return parts.filter((part) => part.text !== '');
}
