import { findIn, marked } from '../shell/palette-search.ts';
import type { KnownDeal } from '../shell/known-deals.ts';
import type { OpenedRecord } from './opened-records.ts';
import { placeOf, type RecordKey } from './record-places.ts';
import { partsOf, type FoundRecord, type Part } from './search-reply.ts';

/** One record in the palette. */
export interface RecordLine {
  readonly record: RecordKey;
  readonly title: string;
  readonly titleParts: readonly Part[];
  /** What else was found, or says which record it is. */
  readonly detail: readonly Part[];
}

const plain = (text: string): readonly Part[] => (text === '' ? [] : [{ text, isHit: false }]);

function ofFound(found: FoundRecord): RecordLine {
  const title = found.hits.find(({ field }) => field === 'title');
  const other = found.hits.find(({ field }) => field !== 'title');
  return {
    record: found,
    title: found.title,
    titleParts: title === undefined ? plain(found.title) : partsOf(title.text, title.ranges),
    detail: other === undefined ? [] : partsOf(other.text, other.ranges),
  };
}

const ofDeal = ({ id, boardId, title, company }: KnownDeal, q: string): RecordLine => ({
  record: { noun: 'deal', id, parent: boardId },
  title,
  titleParts: marked(title, q),
  detail: marked(company, q),
});

/** A record that was opened, as it was called then. */
export const ofOpened = (opened: OpenedRecord, q: string): RecordLine => ({
  record: opened,
  title: opened.title,
  titleParts: marked(opened.title, q),
  detail: plain(placeOf(opened.noun)?.label ?? ''),
});

/**
 * Records that fit, best first: as the server ranks them once it has answered, and what only this device knows behind
 * them; until then what this device knows. Each once, and only what can be opened.
 */
export function recordLines(options: {
  q: string;
  deals: readonly KnownDeal[];
  opened: readonly OpenedRecord[];
  found: { readonly q: string; readonly items: readonly FoundRecord[] } | undefined;
  most: number;
}): RecordLine[] {
  const { q, deals, opened, found, most } = options;
  const here = [
    ...opened.map((each) => ({ group: '', label: each.title, line: ofOpened(each, q) })),
    ...deals.map((each) => ({ group: '', label: each.title, detail: each.company, line: ofDeal(each, q) })),
  ];
  const local = findIn(here, q).map(({ line }) => line);
  // An answer to fewer letters still holds what fits the letters typed since: it stays until the next one is here.
  const answered = found === undefined ? [] : found.items.map(ofFound);
  const stillFits =
    found?.q === q
      ? answered
      : findIn(
          answered.map((line) => ({ ...inWords(line), line })),
          q,
        ).map(({ line }) => line);
  const lines = new Map<string, RecordLine>();
  for (const line of [...stillFits, ...local]) {
    const key = `${line.record.noun} ${line.record.id}`;
    if (!lines.has(key) && placeOf(line.record.noun) !== undefined) lines.set(key, line);
  }
  return [...lines.values()].slice(0, most);
}

const inWords = ({ title, detail }: RecordLine) => ({
  group: '',
  label: title,
  detail: detail.map(({ text }) => text).join(''),
});
