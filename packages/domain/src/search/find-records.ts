import { judgeRecord, type Hit, type Judged } from './judge-record.ts';
import { slipsBetween } from './nearly-same.ts';
import { beginning, oneOf, planNear, planSearch, whole, withFragment, type Wanted } from './plan-search.ts';
import { readTexts, type RecordTexts, type Rows } from './record-texts.ts';
import type { Searchable } from './searchable.ts';

export interface SearchAsked {
  readonly q: string;
  /** Only records of these nouns; all when empty. */
  readonly nouns: readonly string[];
  readonly limit: number;
  /** Who asks: what this member worked on comes before its equals. */
  readonly memberId: string;
  /** Ids of records that the person opened last, newest first. */
  readonly opened: readonly string[];
  /** See `indexState`: an outcome is kept for those who ask the same, and must not be that of an older index. */
  readonly state: string;
}

export interface FoundRecord {
  readonly noun: string;
  readonly id: string;
  readonly title: string;
  /** What it lies in: a deal's board. */
  readonly parent: string | null;
  /** When it changed last, epoch ms; null when the log does not say. */
  readonly changedAt: number | null;
  readonly hits: readonly Hit[];
}

export interface SearchOutcome {
  readonly items: readonly FoundRecord[];
  /** False while changes wait to be searchable: ask again soon. */
  readonly isUpToDate: boolean;
}

interface Candidate {
  readonly noun: string;
  readonly id: string;
}

/** Another text whenever the index has gone on: it is brought up to date after the commit that it follows. */
export function indexState(rows: Rows): string {
  const [state] = rows.all<{ last: number | null; waiting: string | null }>(
    `SELECT (SELECT max(number) FROM main.search_records) AS last,
       (SELECT noun || ' ' || id FROM main.search_waiting LIMIT 1) AS waiting`,
  );
  return `${state?.last ?? 0} ${state?.waiting ?? ''}`;
}

/** Candidates of each way to look: the newest. What fits better is looked for apart, so that it is not cut off. */
const mostWhole = 100;
const mostBeginning = 300;
const mostNear = 200;
const mostUsed = 40;
const mostWords = 40;
const mostCompared = 2000;
/** With as many that fit as they are typed, nobody meant something else. */
const enough = 8;
/** As many of the best have their last change looked up. */
const mostDated = 60;

const dayMs = 86_400_000;

/**
 * Finds records, best first. The index tells which rows to look at, `main.` because it has no owner of its own; whether
 * one is found at all and what is shown of it comes from `rows`, on which hidden ones are not.
 */
export function findRecords(
  rows: Rows,
  searchables: readonly Searchable[],
  asked: SearchAsked,
  now: number,
): SearchOutcome {
  const isUpToDate = rows.all('SELECT 1 FROM main.search_waiting LIMIT 1').length === 0;
  const wanted = planSearch(asked.q);
  const among = searchables.filter(({ noun }) => asked.nouns.length === 0 || asked.nouns.includes(noun));
  if (wanted.length === 0) return { items: openedRecords(rows, among, asked), isUpToDate };

  const looked = new Map<string, { candidate: Candidate; texts: RecordTexts; judged: Judged }>();
  const look = (candidates: readonly Candidate[]): void => {
    for (const searchable of among) {
      const ids = candidates.flatMap(({ noun, id }) =>
        noun === searchable.noun && !looked.has(`${noun} ${id}`) ? [id] : [],
      );
      if (ids.length === 0) continue;
      for (const [id, texts] of readTexts(rows, searchable, ids)) {
        const candidate = { noun: searchable.noun, id };
        looked.set(`${searchable.noun} ${id}`, { candidate, texts, judged: judgeRecord(wanted, texts) });
      }
    }
  };
  const match = makeMatch(rows, among);
  const used = usedRecords(rows, asked);
  const begins = wanted.map(beginning).join(' AND ');
  look(match(`title : (${wanted.map(whole).join(' AND ')})`, mostWhole));
  look(match(`title : (${begins})`, mostBeginning));
  look(match(begins, mostBeginning));
  if (used.size > 0) look(match(begins, mostUsed, [...used.keys()]));
  const found = () => [...looked.values()].filter(({ judged }) => judged.fit > 0);
  if (found().length < Math.min(enough, asked.limit)) {
    const near = wanted.map((each) => oneOf(each, nearWords(rows, each))).join(' AND ');
    if (near !== wanted.map((each) => oneOf(each, [])).join(' AND ')) look(match(near, mostNear));
  }

  const worth = ({ candidate, judged }: { candidate: Candidate; judged: Judged }) =>
    judged.fit + 0.25 * (used.get(candidate.id) ?? 0);
  const dated = found()
    .sort((a, b) => worth(b) - worth(a))
    .slice(0, Math.max(mostDated, asked.limit))
    .map((each) => {
      const changedAt = lastChange(rows, each.candidate.id);
      const days = changedAt === null ? Infinity : Math.max(0, now - changedAt) / dayMs;
      return { ...each, changedAt, worth: worth(each) + 0.15 / (1 + days / 30) };
    })
    .sort((a, b) => b.worth - a.worth || (a.candidate.id < b.candidate.id ? 1 : -1))
    .slice(0, asked.limit);
  const items = dated.map(({ candidate, texts, judged, changedAt }) => ({
    ...candidate,
    title: texts.texts[0]?.text ?? '',
    parent: texts.parent,
    changedAt,
    hits: judged.hits,
  }));
  return { items, isUpToDate };
}

/** Nothing is asked for: what the person opened last, as it is now, and only what they may still open. */
function openedRecords(rows: Rows, among: readonly Searchable[], { opened, limit }: SearchAsked): FoundRecord[] {
  const found = new Map<string, FoundRecord>();
  for (const searchable of among)
    for (const [id, { texts, parent }] of readTexts(rows, searchable, opened))
      found.set(id, {
        noun: searchable.noun,
        id,
        title: texts[0]?.text ?? '',
        parent,
        changedAt: lastChange(rows, id),
        hits: [],
      });
  return opened.flatMap((id) => found.get(id) ?? []).slice(0, limit);
}

/** Records whose words fit an FTS5 expression, last indexed first; only those that `rows` shows. */
function makeMatch(rows: Rows, among: readonly Searchable[]) {
  const isShown = among
    .map(
      ({ noun, table, id, isFound = 'TRUE' }) =>
        `WHEN '${noun}' THEN EXISTS (SELECT 1 FROM ${table} WHERE ${table}.${id} = r.id AND (${isFound}))`,
    )
    .join(' ');
  const from = `FROM main.search_text t CROSS JOIN main.search_records r ON r.number = t.rowid`;
  return (expression: string, most: number, ids?: readonly string[]): Candidate[] => {
    const ofThese =
      ids === undefined
        ? ''
        : 'AND t.rowid IN (SELECT number FROM main.search_records WHERE id IN (SELECT value FROM json_each(?)))';
    return rows.all<Candidate>(
      `SELECT r.noun, r.id ${from} WHERE t.search_text MATCH ? ${ofThese} AND CASE r.noun ${isShown} ELSE FALSE END
       ORDER BY t.rowid DESC LIMIT ?`,
      ids === undefined ? [expression, most] : [expression, JSON.stringify(ids), most],
    );
  };
}

/** Words of the index that contain what is wanted, or are it but for a slip of the finger; nearest first. */
function nearWords(rows: Rows, wanted: Wanted): string[] {
  const unframed = (found: readonly { word: string }[]) => found.map(({ word }) => word.slice(1, -1));
  const having = (expression: string | null, most: number): string[] =>
    expression === null
      ? []
      : unframed(
          rows.all<{ word: string }>('SELECT word FROM main.search_fragments WHERE search_fragments MATCH ? LIMIT ?', [
            expression,
            most,
          ]),
        );
  const containing = having(withFragment(wanted), mostWords).filter((word) => !word.startsWith(wanted.folded));
  const plan = planNear(wanted);
  if (plan === null) return containing;
  const begun = rows.all<{ word: string }>('SELECT word FROM main.search_words WHERE word > ? AND word < ? LIMIT ?', [
    `^${plan.beginning}`,
    `^${plan.beginning}\u{10ffff}`,
    mostCompared,
  ]);
  const compared = new Set([...unframed(begun), ...plan.fragments.flatMap((each) => having(each, mostCompared / 4))]);
  const alike = [...compared]
    .flatMap((word) => {
      const slips = slipsBetween(wanted.folded, word);
      return slips === null || slips === 0 ? [] : [{ word, slips }];
    })
    .sort((a, b) => a.slips - b.slips)
    .map(({ word }) => word);
  return [...new Set([...containing, ...alike.slice(0, mostWords)])];
}

/** What the person used last, each with how much that counts: 1 for the newest, and less and less. */
function usedRecords(rows: Rows, { memberId, opened }: SearchAsked): Map<string, number> {
  const touched = rows.all<{ record: string }>(
    'SELECT record FROM activity WHERE actor = ? ORDER BY id DESC LIMIT 300',
    [memberId],
  );
  const used = new Map<string, number>();
  const ids = new Set([...opened, ...touched.map(({ record }) => record)]);
  for (const id of [...ids].slice(0, 150)) used.set(id, 1 / (1 + used.size / 20));
  return used;
}

const lastChange = (rows: Rows, id: string): number | null =>
  rows.all<{ at: number }>('SELECT at FROM activity WHERE record = ? ORDER BY id DESC LIMIT 1', [id])[0]?.at ?? null;
