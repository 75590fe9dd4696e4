import { rawRecord, type RawRecord } from '@rapport/doc/records';
import { isRank } from '@rapport/doc/rank';
import { isCurrencyCode } from '@rapport/schema/currency';
import { instant, type FieldSpecs, type FieldValue } from '@rapport/schema/fields';
import { readValue } from '@rapport/schema/read-value';
import type * as Y from 'yjs';
import type { Card, CardType } from './card-type.ts';
import type { BoardKind, BoardMeta, Stage, StageKind } from './schema.ts';
import { boardKinds, boardSchemaVersion, unassigned } from './schema.ts';

/** Something odd in a record: shown as a data-quality row, never as an error. */
export interface Problem {
  readonly field: string;
  readonly problem: string;
}

const deletedSpec = instant({ label: 'Deleted' });

/** Keys of a card that only custom field definitions (in the workspace document) can explain. */
export const customKeys = (type: CardType, raw: RawRecord): string[] =>
  Object.keys(raw).filter((key) => !type.structural.has(key) && !(type.isBeside?.(key) ?? false));

/** Reads a card's place that anybody may have written. Total. */
export function readPlace(raw: unknown): { stageId: string; rank: string; problem?: string } {
  if (Array.isArray(raw) && raw.length === 2 && typeof raw[0] === 'string' && raw[0].length <= 64 && isRank(raw[1]))
    return { stageId: raw[0], rank: raw[1] };
  const stageId = Array.isArray(raw) && typeof raw[0] === 'string' && raw[0].length <= 64 ? raw[0] : unassigned;
  return { stageId, rank: 'V', problem: 'is not [stage, rank]' };
}

/**
 * Reads a card that anybody may have written. Total and pure: the browser and the projection share it, so both see the
 * same card. What could not be read is reported to `report`.
 */
export function readCard<C extends Card>(
  type: CardType<C>,
  id: string,
  raw: RawRecord,
  custom: FieldSpecs = {},
  report?: (problem: Problem) => void,
): C {
  const note = (field: string, problem: string | undefined) => {
    if (problem !== undefined) report?.({ field, problem });
  };
  // One object, built up: boards of thousands of cards are read whole when they open.
  const card: Record<string, unknown> = {};
  for (const { key, spec } of type.specs) {
    const { value, problem } = readValue(spec, raw[key]);
    card[key] = value;
    if (problem !== undefined) note(key, problem);
  }
  const place = readPlace(raw.place);
  note('place', place.problem);
  const deletedAt = readValue(deletedSpec, raw.deletedAt);
  note('deletedAt', deletedAt.problem);
  const customValues: Record<string, FieldValue | null> = {};
  for (const [key, spec] of Object.entries(custom)) {
    const { value, problem } = readValue(spec, raw[key]);
    customValues[key] = value;
    note(key, problem);
  }
  if (type.readBeside !== undefined) Object.assign(card, type.readBeside(raw));
  card['id'] = id;
  card['stageId'] = place.stageId;
  card['rank'] = place.rank;
  card['deletedAt'] = deletedAt.value;
  card['movedTo'] = typeof raw.movedTo === 'string' ? raw.movedTo : null;
  card['custom'] = customValues;
  // The type says which fields C has, and each of them was read by its spec.
  return card as unknown as C;
}

const isStageKind = (raw: unknown): raw is StageKind => raw === 'open' || raw === 'won' || raw === 'lost';
const clamp = (raw: unknown, low: number, high: number, fallback: number): number =>
  typeof raw === 'number' && Number.isFinite(raw) ? Math.min(high, Math.max(low, raw)) : fallback;
const textOr = (raw: unknown, limit: number, fallback: string): string =>
  typeof raw === 'string' && raw !== '' ? raw.slice(0, limit).toWellFormed() : fallback;

/** Reads a stage that anybody may have written. Total. */
export function readStage(id: string, raw: RawRecord): Stage {
  const kind = isStageKind(raw.kind) ? raw.kind : 'open';
  return {
    id,
    name: textOr(raw.name, 100, 'Unnamed stage'),
    colour: typeof raw.colour === 'string' && /^([1-9]|1[0-2])$/.test(raw.colour) ? raw.colour : '',
    kind,
    probability: kind === 'won' ? 100 : kind === 'lost' ? 0 : clamp(raw.probability, 0, 100, 0),
    rotDays: typeof raw.rotDays === 'number' && raw.rotDays > 0 ? clamp(raw.rotDays, 1, 3650, 1) : null,
    rank: isRank(raw.rank) ? raw.rank : 'V',
    required: Array.isArray(raw.required)
      ? raw.required.filter((key): key is string => typeof key === 'string').slice(0, 50)
      : [],
    deletedAt: typeof raw.deletedAt === 'number' ? raw.deletedAt : null,
  };
}

/** Reads a board's own properties. Total. */
export function readMeta(doc: Y.Doc): BoardMeta {
  const raw = rawRecord(doc.getMap('meta'));
  return {
    schema: clamp(raw.schema, 0, 1e6, boardSchemaVersion),
    name: textOr(raw.name, 100, 'Unnamed board'),
    kind:
      typeof raw.kind === 'string' && (boardKinds as readonly string[]).includes(raw.kind)
        ? (raw.kind as BoardKind)
        : 'deals',
    currency: isCurrencyCode(raw.currency) ? raw.currency : 'EUR',
  };
}
