interface KeptList {
  readonly ids: readonly string[];
  /** Where the first of them stands in the whole list. */
  readonly from: number;
  readonly total: number;
}

const keyOf = (noun: string): string => `rapport.list.${noun}`;
const keptAtMost = 500;

/** Notes the list that a record is opened from, so that one can step through it; `ids` as they are shown. */
export function rememberList(noun: string, list: KeptList, openedId: string): void {
  const at = Math.max(0, list.ids.indexOf(openedId));
  const first = Math.max(0, at - keptAtMost / 2);
  const kept = { ids: list.ids.slice(first, first + keptAtMost), from: list.from + first, total: list.total };
  sessionStorage.setItem(keyOf(noun), JSON.stringify(kept));
}

function readList(noun: string): KeptList | null {
  try {
    const raw = JSON.parse(sessionStorage.getItem(keyOf(noun)) ?? 'null') as Partial<KeptList> | null;
    return raw !== null && Array.isArray(raw.ids) && typeof raw.from === 'number' && typeof raw.total === 'number'
      ? { ids: raw.ids.map(String), from: raw.from, total: raw.total }
      : null;
  } catch {
    return null;
  }
}

/** Where a record stands in the list that one came from; null when one did not come from a list. */
export function neighboursOf(
  noun: string,
  id: string,
): { at: number; total: number; previous?: string; next?: string } | null {
  const list = readList(noun);
  const at = list?.ids.indexOf(id) ?? -1;
  if (list === null || at < 0) return null;
  const [previous, next] = [list.ids[at - 1], list.ids[at + 1]];
  return {
    at: list.from + at,
    total: list.total,
    ...(previous === undefined ? {} : { previous }),
    ...(next === undefined ? {} : { next }),
  };
}
