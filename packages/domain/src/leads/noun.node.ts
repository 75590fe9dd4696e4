import { attendAssignment } from './assigner.node.ts';
import type { Noun } from '../http/workspace-context.node.ts';

/** Leads, as the server knows them; their tables and documents are the boards'. */
export const leads: Noun = {
  name: 'leads',
  kinds: [],
  readModel: [`CREATE INDEX leads_by_email ON leads (email)`],
  onWorkspaceOpened: attendAssignment,
};
