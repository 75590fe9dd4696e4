import type { BoardAccess, Grant, Level, Team } from '@rapport/domain/access/board-access';

export type { Grant, Level, Team };

/** With whom a board is shared, as the API tells it. */
export interface BoardShare {
  readonly kind: 'everyone' | 'restricted';
  readonly level: Level | null;
  readonly grants: readonly Grant[];
  readonly owner: string | null;
  readonly access: Exclude<BoardAccess, 'none'>;
  readonly mayChange: boolean;
}

export const levelNames: Record<Level, string> = { edit: 'May edit', view: 'May view' };
