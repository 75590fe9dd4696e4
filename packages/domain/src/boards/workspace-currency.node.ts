import type { Query } from '../http/workspace-context.node.ts';

/** The currency (ISO 4217) of amounts that name none, and of new inboxes: that of the first pipeline. */
export const workspaceCurrency = (query: Query): string =>
  query.get<{ currency: string }>(`SELECT currency FROM boards ORDER BY kind <> 'leads' DESC, id LIMIT 1`)?.currency ??
  'EUR';
