/** What a team has together (its saved views): a document that its members, and admins, may open. */
export const teamDocument = (teamId: string): string => `team/${teamId}`;

/** The team whose document this is; null when it is another's. */
export const teamOfDocument = (name: string): string | null =>
  name.startsWith('team/') ? name.slice('team/'.length) : null;
