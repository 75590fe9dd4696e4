/** What somebody wants to see of a table: plain data, the same in the address, in saved views and in requests. */

const conditionOps = [
  'has',
  'hasNot',
  'is',
  'not',
  'starts',
  'any',
  'all',
  'none',
  'eq',
  'gte',
  'lte',
  'between',
  'in',
  'before',
  'after',
  'yes',
  'no',
  'overdue',
  'empty',
  'set',
] as const;
export type ConditionOp = (typeof conditionOps)[number];

/** Values are text: numbers and money in whole units, days `YYYY-MM-DD`, periods as in `period.ts`; `me` is whoever asks. */
export interface Condition {
  readonly field: string;
  readonly op: ConditionOp;
  readonly values: readonly string[];
}

export interface ConditionGroup {
  readonly match: 'all' | 'any';
  readonly of: readonly (Condition | ConditionGroup)[];
}

export interface SortBy {
  readonly field: string;
  readonly descending: boolean;
}

export interface TableQuery {
  readonly where: ConditionGroup;
  /** Text that one of the searched columns must contain. */
  readonly q: string;
  readonly sort: readonly SortBy[];
  /** Key of the column that rows are grouped by. */
  readonly group: string | null;
}

export const everything: ConditionGroup = { match: 'all', of: [] };
export const plainQuery: TableQuery = { where: everything, q: '', sort: [], group: null };

export const isGroup = (node: Condition | ConditionGroup): node is ConditionGroup => 'match' in node;

const mostConditions = 50;
const deepest = 3;
const mostValues = 200;
const longestValue = 500;
const isKey = (raw: unknown): raw is string => typeof raw === 'string' && /^[a-z][a-zA-Z0-9_]{0,62}$/.test(raw);

/** Reads a filter as somebody may have written it; undefined when it is none, too deep or too long. */
export function readWhere(raw: unknown): ConditionGroup | undefined {
  let count = 0;
  const group = (from: unknown, depth: number): ConditionGroup | undefined => {
    if (typeof from !== 'object' || from === null || depth > deepest) return undefined;
    const { match, of } = from as Record<string, unknown>;
    if ((match !== 'all' && match !== 'any') || !Array.isArray(of)) return undefined;
    const nodes: (Condition | ConditionGroup)[] = [];
    for (const each of of as unknown[]) {
      const node =
        typeof each === 'object' && each !== null && 'match' in each ? group(each, depth + 1) : condition(each);
      if (node === undefined || (count += 1) > mostConditions) return undefined;
      nodes.push(node);
    }
    return { match, of: nodes };
  };
  const condition = (from: unknown): Condition | undefined => {
    if (typeof from !== 'object' || from === null) return undefined;
    const { field, op, values } = from as Record<string, unknown>;
    if (!isKey(field) || !(conditionOps as readonly unknown[]).includes(op)) return undefined;
    if (!Array.isArray(values) || values.length > mostValues) return undefined;
    if (!values.every((each) => typeof each === 'string' && each.length <= longestValue)) return undefined;
    return { field, op: op as ConditionOp, values: values as string[] };
  };
  return group(raw, 1);
}

/** `-value,name` as steps, eight at most; undefined when it is no list of keys. */
export function readSort(text: string): readonly SortBy[] | undefined {
  const steps = text
    .split(',')
    .filter((each) => each !== '')
    .map((each) =>
      each.startsWith('-') ? { field: each.slice(1), descending: true } : { field: each, descending: false },
    );
  return steps.length <= 8 && steps.every(({ field }) => isKey(field)) ? steps : undefined;
}

export const writeSort = (sort: readonly SortBy[]): string =>
  sort.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(',');
