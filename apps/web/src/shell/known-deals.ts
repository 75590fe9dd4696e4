import { cardsRoot, isHere } from '@rapport/domain/boards/board';
import { readDeal } from '@rapport/domain/deals/read';
import { isUlid } from '@rapport/doc/ids';
import { eachRecord, rawRecord } from '@rapport/doc/records';
import type { Workspace } from '../workspace/client.ts';

export interface KnownDeal {
  readonly id: string;
  readonly boardId: string;
  readonly board: string;
  readonly title: string;
  readonly company: string;
}

/** Deals of the boards that are open on this page, read once when the palette opens. */
export function knownDeals(workspace: Workspace): KnownDeal[] {
  const found: KnownDeal[] = [];
  for (const board of workspace.boards() ?? []) {
    const doc = workspace.openNow(board.doc);
    if (doc === undefined) continue;
    eachRecord(doc, cardsRoot, (id, map) => {
      const deal = readDeal(id, rawRecord(map));
      if (!isHere(deal)) return;
      found.push({
        id,
        boardId: board.id,
        board: board.name,
        title: deal.title ?? '',
        company: deal.company === null || isUlid(deal.company) ? '' : deal.company,
      });
    });
  }
  return found;
}
