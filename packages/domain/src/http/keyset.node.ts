/** One step of an order: SQL that is never null, so that paging by values has a total order. */
export interface SortStep {
  readonly sql: string;
  readonly descending: boolean;
}

/** Reads `value,-createdAt` against what can be sorted by (API name → SQL); names the field that cannot. `last` comes last. */
export function readSort(
  sort: string | undefined,
  sortable: Readonly<Record<string, string>>,
  last: string,
): { steps: SortStep[] } | { unknown: string } {
  const steps: SortStep[] = [];
  const seen = new Set<string>();
  for (const part of (sort ?? '').split(',').filter((each) => each !== '')) {
    const name = part.replace(/^-/, '');
    // A field named again orders nothing any more, and SQLite takes only so many columns.
    if (seen.has(name)) continue;
    seen.add(name);
    const sql = Object.hasOwn(sortable, name) ? sortable[name] : undefined;
    if (sql === undefined) return { unknown: name };
    steps.push({ sql, descending: part.startsWith('-') });
  }
  return { steps: [...steps, { sql: last, descending: false }] };
}

export type CursorValues = readonly (string | number)[];

export const writeCursor = (values: CursorValues): string => Buffer.from(JSON.stringify(values)).toString('base64url');

/** Null when the text is no cursor of a list with this many sort steps. */
export function readCursor(cursor: string, length: number): CursorValues | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(values) &&
      values.length === length &&
      values.every((value) => typeof value === 'string' || typeof value === 'number')
      ? values
      : null;
  } catch {
    return null;
  }
}

/** SQL for "behind this row" in the order of the steps. */
export function behind(steps: readonly SortStep[], values: CursorValues): { sql: string; params: (string | number)[] } {
  const alternatives: string[] = [];
  const params: (string | number)[] = [];
  for (const [index, step] of steps.entries()) {
    const equal = steps.slice(0, index).map((earlier) => `${earlier.sql} = ?`);
    alternatives.push(`(${[...equal, `${step.sql} ${step.descending ? '<' : '>'} ?`].join(' AND ')})`);
    params.push(...values.slice(0, index + 1));
  }
  return { sql: `(${alternatives.join(' OR ')})`, params };
}

export const orderBy = (steps: readonly SortStep[]): string =>
  steps.map((step) => `${step.sql} ${step.descending ? 'DESC' : 'ASC'}`).join(', ');

/** `q` as a LIKE pattern that finds it anywhere; to be used with ESCAPE '\\'. */
export const likeAnywhere = (q: string): string => `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
