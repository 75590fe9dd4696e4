import type { DealQuery } from './deal-query.ts';

/** A stage as far as a link needs it. */
export interface LinkedStage {
  readonly stage: string;
  readonly kind: 'open' | 'won' | 'lost';
}

const text = (field: string, op: string, ...values: readonly string[]): string =>
  [encodeURIComponent(field), op, values.map(encodeURIComponent).join(',')].join(':');

const plainKeys: Readonly<Record<string, string>> = {
  owner: 'owner',
  company: 'company',
  contact: 'contact',
  source: 'source',
  lostReason: 'lostReason',
  label: 'labels',
};

/**
 * The table view of a board, narrowed to the deals behind a number: the board's own filter conditions, `f=field:op:values`.
 * `stages` are those of the board: a status is told as the stages that have it.
 */
export function boardLink(workspaceId: string, query: DealQuery, stages: readonly LinkedStage[]): string | null {
  if (query.board === undefined) return null;
  const pairs: [string, string][] = [['as', 'table']];
  const add = (condition: string) => pairs.push(['f', condition]);
  for (const [key, value] of Object.entries(query)) {
    const field = plainKeys[key] ?? (key.startsWith('field.') ? key.slice('field.'.length) : undefined);
    if (field !== undefined) add(value === '' ? text(field, 'empty') : text(field, 'is', value));
    else if (key === 'stage') add(text('stage', 'is', value));
    else if (key === 'status' && query.stage === undefined) {
      const wanted = value.split(',');
      add(text('stage', 'is', ...stages.filter(({ kind }) => wanted.includes(kind)).map(({ stage }) => stage)));
    } else if (key === 'closedFrom' || key === 'createdFrom')
      add(text(key === 'closedFrom' ? 'closedAt' : 'createdAt', 'gte', value));
    else if (key === 'closedTo' || key === 'createdTo')
      add(text(key === 'closedTo' ? 'closedAt' : 'createdAt', 'lte', value));
    else if (key === 'rotting') pairs.push(['chip', 'rotting']);
    else if (key === 'closed' || key === 'created') add(text(`${key}At`, value === 'none' ? 'empty' : 'set'));
  }
  const isClosed = query.status === undefined ? query.stage !== undefined : query.status !== 'open';
  if (isClosed) pairs.push(['closed', '1']);
  const search = pairs.map(
    ([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%2C', ',')}`,
  );
  return `/w/${encodeURIComponent(workspaceId)}/b/${encodeURIComponent(query.board)}?${search.join('&')}`;
}
