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
  label: 'labels',
};

const dayKeys: Readonly<Record<string, readonly [string, string]>> = {
  createdFrom: ['createdAt', 'gte'],
  createdTo: ['createdAt', 'lte'],
};

/** A condition of the board's own, `field:op:values`; null when the board cannot ask that. */
function conditionOf(key: string, value: string): string | null {
  const day = dayKeys[key];
  if (day !== undefined) return text(...day, value);
  if (key === 'stage') return value === '' ? null : text('stage', 'is', value);
  const field = plainKeys[key] ?? (key.startsWith('field.') ? key.slice('field.'.length) : undefined);
  if (field === undefined) return null;
  return value === '' ? text(field, 'empty') : text(field, 'is', value);
}

/**
 * The table view of a board with exactly the deals behind a number, or null where there is none: a board holds its open
 * deals and the latest closed ones, so a link that promised all closed deals would show too few.
 */
export function boardLink(workspaceId: string, query: DealQuery, stages: readonly LinkedStage[]): string | null {
  const { board, status, timeZone: _zone, ...rest } = query;
  const isOpenStage = stages.some(({ stage, kind }) => kind === 'open' && stage === query.stage);
  if (board === undefined || (status ?? (isOpenStage ? 'open' : '')) !== 'open') return null;
  const pairs = ['as=table'];
  for (const [key, value] of Object.entries(rest)) {
    if (key === 'rotting') {
      pairs.push('chip=rotting');
      continue;
    }
    const condition = conditionOf(key, value);
    if (condition === null) return null;
    pairs.push(`f=${encodeURIComponent(condition).replaceAll('%3A', ':').replaceAll('%2C', ',')}`);
  }
  return `/w/${encodeURIComponent(workspaceId)}/b/${encodeURIComponent(board)}?${pairs.join('&')}`;
}
