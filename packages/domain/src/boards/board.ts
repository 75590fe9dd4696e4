import { byRank } from '@rapport/doc/rank';
import { eachRecord, rawRecord, recordMap } from '@rapport/doc/records';
import type { FieldSpecs } from '@rapport/schema/fields';
import type * as Y from 'yjs';
import type { Card, CardType } from './card-type.ts';
import { readCard, readPlace, readStage } from './read.ts';
import type { Stage } from './schema.ts';

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

/** A card that is here: neither deleted nor moved away. */
export const isHere = (card: Card): boolean => card.deletedAt === null && card.movedTo === null;

/** One card, deleted ones too; null when there is none or only a stub is left. */
export function cardOf<C extends Card>(type: CardType<C>, doc: Y.Doc, id: string, custom?: FieldSpecs): C | null {
  const map = recordMap(doc, cardsRoot, id);
  const card = map && readCard(type, id, rawRecord(map), custom);
  return card && card.movedTo === null ? card : null;
}

/** All cards that are on the board. */
export function cardsOf<C extends Card>(type: CardType<C>, doc: Y.Doc, custom?: FieldSpecs): C[] {
  const cards: C[] = [];
  eachRecord(doc, cardsRoot, (id, map) => {
    const card = readCard(type, id, rawRecord(map), custom);
    if (isHere(card)) cards.push(card);
  });
  return cards;
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
