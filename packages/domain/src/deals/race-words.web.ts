import { isUlid } from '@rapport/doc/ids';
import type { DealBoard } from './deal-board-context.tsx';
import { valueText } from '../fields/field-text.ts';
import { specOfField } from './filter.ts';
import { readPlaceStage } from './race-text.ts';

/** One of two values of a field of a card, in words. */
export function raceWords(board: DealBoard, field: string, value: unknown): string {
  if (field === 'place') return board.store.stage(readPlaceStage(value))?.name ?? 'a stage that is gone';
  if (typeof value === 'string' && isUlid(value)) return board.references.names().get(value) ?? 'a record';
  const spec = specOfField(board.type, field, board.workspace.customFields(board.type.noun));
  const text = valueText(spec, value as never, board.nameOf);
  return text === '' ? 'nothing' : text;
}
