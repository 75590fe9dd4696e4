import { nameKey } from '../imports/name-key.ts';
import type { Stage, StageKind } from '../boards/schema.ts';

/** A stage that a row goes to: one of the board, or one that the import makes (by its place in `made`). */
export type StageRef =
  | { readonly id: string; readonly kind: StageKind }
  | { readonly made: number; readonly kind: StageKind };

export interface MadeStage {
  readonly name: string;
  readonly kind: StageKind;
}

const wonWords = new Set([
  'won',
  'win',
  'closedwon',
  'closewon',
  'dealwon',
  'gewonnen',
  'geschlossengewonnen',
  'abgeschlossengewonnen',
  'erfolgreich',
]);
const lostWords = new Set([
  'lost',
  'closedlost',
  'closelost',
  'deallost',
  'verloren',
  'geschlossenverloren',
  'abgeschlossenverloren',
  'closedlosttocompetition',
]);
const openWords = new Set(['open', 'offen', 'inprogress', 'inbearbeitung', 'pending', 'active', 'aktiv']);

/** What a word says of a deal by itself, in English or German. Null: it is the name of a stage. */
function stageKindOf(text: string): StageKind | null {
  const key = nameKey(text);
  return wonWords.has(key) ? 'won' : lostWords.has(key) ? 'lost' : openWords.has(key) ? 'open' : null;
}

/** Finds the stages that a file names, and notes those that are to be made, in order of first appearance. */
export function makeStageFinder(stages: readonly Stage[]) {
  const made: MadeStage[] = [];
  const refs = new Map<string, StageRef>();
  for (const { id, kind, name } of stages) if (!refs.has(nameKey(name))) refs.set(nameKey(name), { id, kind });
  const firstOf = (kind: StageKind): StageRef | undefined => stages.find((stage) => stage.kind === kind);
  const ofKind = new Map<StageKind, StageRef>();
  const make = (name: string, kind: StageKind): StageRef => {
    const ref = { made: made.length, kind };
    made.push({ name: name.slice(0, 100).toWellFormed(), kind });
    refs.set(nameKey(name), ref);
    return ref;
  };

  /** The board's stage of a kind; made when it has none. */
  const byKind = (kind: StageKind, name?: string): StageRef => {
    const found =
      ofKind.get(kind) ??
      firstOf(kind) ??
      make(name ?? (kind === 'open' ? 'Open' : kind === 'won' ? 'Won' : 'Lost'), kind);
    ofKind.set(kind, found);
    return found;
  };

  return {
    made: made as readonly MadeStage[],
    /** The stage of a row; null when the file says nothing of it. */
    find(stageText: string | undefined, statusText: string | undefined): StageRef | null {
      const status = statusText === undefined ? null : stageKindOf(statusText);
      if (status === 'won' || status === 'lost') {
        const named = stageText === undefined ? undefined : refs.get(nameKey(stageText));
        return named?.kind === status ? named : byKind(status);
      }
      if (stageText === undefined) return status === null ? null : byKind('open');
      const known = refs.get(nameKey(stageText));
      if (known) return known;
      const kind = stageKindOf(stageText);
      if (kind === 'won' || kind === 'lost') {
        const ref = byKind(kind, stageText);
        refs.set(nameKey(stageText), ref);
        return ref;
      }
      return make(stageText, 'open');
    },
    first: (): StageRef => byKind('open'),
  };
}
