import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import type { NoteLink } from './schema.ts';

/**
 * What a note that is in no folder lies in, by its links: the first contact, company, or board of a deal or lead. A note that was
 * written on a record is shared as the record is, so that what is said of a private customer is as private. Null: nothing.
 */
export function thingOfLinks(ws: Pick<WorkspaceContext, 'everyRow'>, links: readonly NoteLink[]): string | null {
  for (const { noun, id } of links) {
    if (noun === 'contact' || noun === 'company') return id;
    if (noun !== 'deal' && noun !== 'lead') continue;
    const table = noun === 'deal' ? 'deals' : 'leads';
    const card = ws.everyRow.get<{ board_id: string }>(`SELECT board_id FROM ${table} WHERE id = ?`, [id]);
    if (card !== undefined) return card.board_id;
  }
  return null;
}
