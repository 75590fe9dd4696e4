import { isUlid } from '@rapport/doc/ids';
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { forgetRelated, keepRelated, keptRelated } from './kept-related.web.ts';
import type { RecordType } from './record-type.ts';
import type { Related, RelatedDeal, RelatedNote, RelatedPart, RelatedRecord } from './related.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

interface Whole {
  readonly links: readonly RelatedRecord[];
  readonly shared: Related['shared'];
  readonly parent?: string | null;
  readonly team?: string | null;
  readonly custom?: Readonly<Record<string, unknown>>;
}

const dealsShown = 20;
const notesShown = 6;
const partsShown = 100;

/**
 * What belongs to a record, as the server knows it; null until it is known. Kept up to date while the owner lives, and on
 * the device for offline.
 */
export function createRelated(workspace: WorkspaceClient, type: RecordType, id: string) {
  const kept = keptRelated(workspace.workspaceId, id);
  const [related, setRelated] = createSignal<Related | null>(kept?.related ?? null);
  const [problem, setProblem] = createSignal<string | null>(null);
  // What was just linked has a name before the server tells it.
  const [named, setNamed] = createSignal<ReadonlyMap<string, string>>(new Map(kept?.names));
  let asked = 0;
  const remember = (other: string, name: string) => setNamed((before) => new Map([...before, [other, name]]));
  /** What fields that name other records stand for; whoever may not open those sees that there is one. */
  const nameReferences = async ({ parent, team, custom = {} }: Whole) => {
    try {
      const specs = workspace.customFields(type.noun);
      const ids = Object.entries(custom).flatMap(([key, value]) =>
        specs[key]?.type === 'reference' && isUlid(value) ? [value] : [],
      );
      if (ids.length > 0) {
        const { items } = await workspace.api<{ items: Record<string, { name: string }> }>(
          'GET',
          `/records/names?ids=${ids.join(',')}`,
        );
        for (const [other, { name }] of Object.entries(items)) remember(other, name);
      }
      if (parent != null && isUlid(parent))
        remember(parent, (await workspace.api<{ name: string }>('GET', `/companies/${parent}`)).name);
      if (team == null) return;
      const { items } = await workspace.api<Page<{ id: string; name: string }>>('GET', '/teams?limit=500');
      for (const each of items) remember(each.id, each.name);
    } catch {
      // The value stands there without its name.
    }
  };
  const refresh = async () => {
    const mine = ++asked;
    try {
      const [record, deals, notes, parts] = await Promise.all([
        workspace.api<Whole>('GET', `/${type.plural}/${id}`),
        workspace.api<Page<RelatedDeal>>('GET', `/deals?linked=${id}&limit=${dealsShown}&sort=-createdAt`),
        workspace.api<Page<RelatedNote>>('GET', `/notes?about=${type.noun}/${id}&limit=${notesShown}`),
        type.noun === 'company'
          ? workspace.api<Page<RelatedPart>>('GET', `/companies?parent=${id}&limit=${partsShown}`)
          : { items: [], total: 0 },
      ]);
      if (mine !== asked) return;
      setProblem(null);
      const known: Related = {
        links: record.links,
        shared: record.shared,
        deals: deals.items,
        dealsTotal: deals.total,
        notes: notes.items,
        notesTotal: notes.total,
        parts: parts.items.map((part) => ({ id: part.id, name: part.name })),
      };
      setRelated(known);
      await nameReferences(record);
      if (mine === asked) keepRelated(workspace.workspaceId, { id, related: known, names: [...named()] });
    } catch (error) {
      if (mine !== asked) return;
      const isRefused = error instanceof Error && 'status' in error && (error.status === 403 || error.status === 404);
      setProblem(navigator.onLine && error instanceof Error ? error.message : 'It shows when you are online again.');
      if (!isRefused) return;
      setRelated(null);
      forgetRelated(workspace.workspaceId, id);
    }
  };
  void refresh();
  onCleanup(
    workspace.onChanged(
      ['record_links', 'contacts', 'companies', 'deals', 'notes', 'note_links', 'access'],
      () => void refresh(),
    ),
  );
  onCleanup(() => asked++);
  const nameOf = (other: string): string | undefined =>
    related()?.links.find((link) => link.id === other)?.name ?? named().get(other);
  return {
    related,
    problem: problem as Accessor<string | null>,
    refresh,
    nameOf,
    remember,
  };
}

export type RelatedOfRecord = ReturnType<typeof createRelated>;
