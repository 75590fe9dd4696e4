import type { Summary, TableRow, TableShape } from './table-reply.ts';

/** What a device keeps of a table that was on screen: for when there is no connection. */
export interface KeptTable {
  /** Of this shape; another program's is passed over. */
  readonly version: 1;
  /** Epoch ms: when the server said so. */
  readonly at: number;
  readonly shape: TableShape;
  readonly summary: Summary;
  /** What records are called that the rows refer to, by id. */
  readonly names: Readonly<Record<string, string>>;
  /** Rows with their places among all, rising. */
  readonly rows: readonly (readonly [offset: number, row: TableRow])[];
}

/** Tables kept on this device for one person, by a name that says what was asked; the oldest give way. */
export interface KeptTables {
  read(id: string): Promise<KeptTable | undefined>;
  keep(id: string, table: KeptTable): void;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What was kept, or undefined: an earlier or later version of the program may have kept it. */
export function readKeptTable(raw: unknown): KeptTable | undefined {
  if (!isObject(raw) || raw['version'] !== 1 || typeof raw['at'] !== 'number' || !Array.isArray(raw['rows']))
    return undefined;
  return isObject(raw['shape']) && isObject(raw['summary']) && isObject(raw['names'])
    ? (raw as unknown as KeptTable)
    : undefined;
}

/** The same without the rows of these documents, which this person may not see any more. */
export const withoutDocuments = (kept: KeptTable, gone: ReadonlySet<string>): KeptTable => ({
  ...kept,
  rows: kept.rows.filter(([, { doc }]) => !gone.has(doc)),
});

/** The kept rows one after another, with a summary that counts them alone, groups too. It has no sums: those of all rows are not theirs. */
export function shownOf({ summary, rows }: KeptTable): {
  readonly rows: readonly TableRow[];
  readonly summary: Summary;
} {
  let end = 0;
  const groups =
    summary.groups?.map((group) => {
      const start = end;
      end += group.count;
      return {
        ...group,
        sums: {},
        count: rows.filter(([offset]) => offset >= start && offset < start + group.count).length,
      };
    }) ?? null;
  return {
    rows: rows.map(([, row]) => row),
    summary: { ...summary, total: rows.length, columns: {}, groups: groups?.filter(({ count }) => count > 0) ?? null },
  };
}
