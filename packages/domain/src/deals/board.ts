import { byRank } from '@rapport/doc/rank';
import { eachRecord, rawRecord, recordMap } from '@rapport/doc/records';
import type { FieldSpecs } from '@rapport/schema/fields';
import type * as Y from 'yjs';
import { readDeal, readPlace, readStage } from './read.ts';
import type { Deal, Stage } from './schema.ts';

/** Root maps of a board document. */
export const metaRoot = 'meta';
export const stagesRoot = 'stages';
export const cardsRoot = 'cards';

/** The board's stages in their order, deleted ones left out. */
export function stagesOf(doc: Y.Doc): Stage[] {
  const stages: Stage[] = [];
  eachRecord(doc, stagesRoot, (id, map) => {
    const stage = readStage(id, rawRecord(map));
    if (stage.deletedAt === null) stages.push(stage);
  });
  return stages.sort(byRank);
}

export function stageOf(doc: Y.Doc, id: string): Stage | null {
  const map = recordMap(doc, stagesRoot, id);
  const stage = map && readStage(id, rawRecord(map));
  return stage && stage.deletedAt === null ? stage : null;
}

/** A deal that is here: neither deleted nor moved away. */
export const isHere = (deal: Deal): boolean => deal.deletedAt === null && deal.movedTo === null;

/** One deal, deleted ones too; null when there is none or only a stub is left. */
export function dealOf(doc: Y.Doc, id: string, custom?: FieldSpecs): Deal | null {
  const map = recordMap(doc, cardsRoot, id);
  const deal = map && readDeal(id, rawRecord(map), custom);
  return deal && deal.movedTo === null ? deal : null;
}

/** All deals that are on the board. */
export function dealsOf(doc: Y.Doc, custom?: FieldSpecs): Deal[] {
  const deals: Deal[] = [];
  eachRecord(doc, cardsRoot, (id, map) => {
    const deal = readDeal(id, rawRecord(map), custom);
    if (isHere(deal)) deals.push(deal);
  });
  return deals;
}

/** The ranks of one lane in order, reading no more of each card than it must: lanes are planned on every drop. */
export function laneOf(doc: Y.Doc, stageId: string): { id: string; rank: string }[] {
  const lane: { id: string; rank: string }[] = [];
  eachRecord(doc, cardsRoot, (id, map) => {
    const place = map.get('place');
    if (!Array.isArray(place) || place[0] !== stageId) return;
    const deletedAt = map.get('deletedAt');
    if ((deletedAt !== undefined && deletedAt !== null) || map.has('movedTo')) return;
    lane.push({ id, rank: readPlace(place).rank });
  });
  return lane.sort(byRank);
}
