import type { ThingAccess, Grant, Level, Team } from '@rapport/domain/access/share';

export type { Grant, Level, Team };

/** With whom a thing is shared, as the API tells it. */
export interface ThingShare {
  readonly kind: 'everyone' | 'restricted';
  readonly level: Level | null;
  readonly grants: readonly Grant[];
  readonly owner: string | null;
  /** Shared as what it lies in is. */
  readonly inherits: boolean;
  readonly parent: string | null;
  readonly access: Exclude<ThingAccess, 'none'>;
  readonly mayChange: boolean;
}

export const levelNames: Record<Level, string> = { edit: 'May edit', comment: 'May comment', view: 'May view' };
