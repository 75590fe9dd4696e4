import { sameJson } from '@rapport/doc/json';
import { eachRecord, rawRecord, type RawRecord } from '@rapport/doc/records';
import type { Card, CardType } from '@rapport/domain/boards/card-type';
import { customKeys, readCard, readStage } from '@rapport/domain/boards/read';
import { dealType } from '@rapport/domain/deals/deal-type';
import type { Store } from '@rapport/sync/server/ports';
import * as Y from 'yjs';

const valueOf = (card: Card, key: string) => (card as unknown as Record<string, unknown>)[key];
const boardOf = (doc: string) => doc.slice('board/'.length).split('~')[0];
const text = (value: unknown) => (value == null ? null : JSON.stringify(value));

function cardsOf(doc: Y.Doc): Map<string, RawRecord> {
  const cards = new Map<string, RawRecord>();
  eachRecord(doc, 'cards', (id, map) => cards.set(id, rawRecord(map)));
  return cards;
}

/**
 * What the activity must tell, worked out from the log in another way than the projection does: each entry is applied
 * to its document, and every card is compared with how it was before. One line is `seq record field from→to`.
 */
export async function activityByComparing(store: Store, type: CardType = dealType): Promise<string[]> {
  const docs = new Map<string, { doc: Y.Doc; cards: Map<string, RawRecord> }>();
  const lines: string[] = [];
  for await (const entry of store.readLog()) {
    if (!entry.doc.startsWith('board/')) continue;
    let known = docs.get(entry.doc);
    if (!known) docs.set(entry.doc, (known = { doc: new Y.Doc(), cards: new Map() }));
    const { doc, cards: before } = known;
    Y.applyUpdate(doc, entry.update);
    const after = cardsOf(doc);
    known.cards = after;
    const stageName = (id: string) => {
      const stage = doc.getMap<Y.Map<unknown>>('stages').get(id);
      return stage ? readStage(id, rawRecord(stage)).name : 'Unassigned';
    };
    for (const id of new Set([...before.keys(), ...after.keys()])) {
      const [rawWas, rawIs] = [before.get(id), after.get(id)];
      if (sameJson(rawWas, rawIs)) continue;
      const tell = (field: string | null, from: unknown, to: unknown) =>
        lines.push(`${entry.seq} ${id} ${field} ${text(from)}→${text(to)}`);
      if (!rawIs) {
        tell(null, null, null);
        continue;
      }
      const is = readCard(type, id, rawIs);
      if (is.movedTo !== null) continue;
      const was = rawWas && readCard(type, id, rawWas);
      if (!was || was.movedTo !== null) {
        const from = typeof rawIs['movedFrom'] === 'string' ? boardOf(rawIs['movedFrom']) : undefined;
        if (entry.via === 'server') continue;
        if (from !== undefined && from !== boardOf(entry.doc)) tell('board', from, boardOf(entry.doc));
        else tell('stage', null, stageName(is.stageId));
        continue;
      }
      const moved = was.stageId !== is.stageId;
      if (moved) tell('stage', stageName(was.stageId), stageName(is.stageId));
      if ((was.deletedAt === null) !== (is.deletedAt === null)) tell(null, null, null);
      for (const field of type.keys) {
        const follows = moved && (field === 'closedAt' || (field === 'lostReason' && valueOf(is, field) === null));
        if (!follows && !sameJson(valueOf(was, field), valueOf(is, field)))
          tell(field, valueOf(was, field), valueOf(is, field));
      }
      for (const key of new Set([...customKeys(type, rawWas ?? {}), ...customKeys(type, rawIs)]))
        if (!sameJson(rawWas?.[key], rawIs[key])) tell(key, rawWas?.[key], rawIs[key]);
    }
  }
  for (const { doc } of docs.values()) doc.destroy();
  return lines.sort();
}
