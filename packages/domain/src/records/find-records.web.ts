import type { Option } from '@rapport/ui/option-list';
import type { WorkspaceClient } from '../client.ts';

interface Found {
  readonly id: string;
  readonly title: string;
}

const shown = 8;

/** Searches records of one noun for a picker: those that match, or the first by name. */
export const findRecords =
  (workspace: WorkspaceClient, noun: 'contact' | 'company' | 'deal', without: ReadonlySet<string> = new Set()) =>
  async (query: string): Promise<readonly Option[]> => {
    if (query === '') {
      const plural = { contact: 'contacts', company: 'companies', deal: 'deals' }[noun];
      const { items } = await workspace.api<{ items: readonly { id: string; name?: string; title?: string | null }[] }>(
        'GET',
        `/${plural}?limit=${shown}&sort=-createdAt`,
      );
      return items
        .filter(({ id }) => !without.has(id))
        .map(({ id, name, title }) => ({ id, label: name ?? title ?? 'Untitled' }));
    }
    const { items } = await workspace.api<{ items: readonly Found[] }>(
      'GET',
      `/search?q=${encodeURIComponent(query)}&noun=${noun}&limit=${shown}`,
    );
    return items.filter(({ id }) => !without.has(id)).map(({ id, title }) => ({ id, label: title }));
  };
