import type { Json } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import { rawRecord, rootRecord, type RawRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import type { AlikeRow } from './alike.ts';
import type { RowError } from './target.ts';

/**
 * What an import did, as a document of its own (`import/<id>`): each batch of records and what it changed are one
 * commit, so that after a crash the record says exactly what is in and can be taken back.
 * Root `meta` holds the fields below; what was written stands in parts, `import/<id>~<n>`, root `batches`:
 * number → what the batch did; see batch-record.ts.
 */
export const importDoc = (id: string): string => `import/${id}`;
export const partDoc = (id: string, part: number): string => `import/${id}~${part}`;
export const batchesRoot = 'batches';
/** Batches a part holds, so that no document outgrows what is comfortable to load. */
export const batchesPerPart = 40;

const importStatuses = ['running', 'done', 'interrupted', 'undoing', 'undone'] as const;
export type ImportStatus = (typeof importStatuses)[number];

export interface ImportRecord {
  readonly noun: string;
  readonly board: string;
  readonly file: string;
  readonly status: ImportStatus;
  readonly by: string;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  /** Rows in the file, and how many of the planned ones are written. */
  readonly rows: number;
  readonly done: number;
  readonly planned: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly errors: readonly RowError[];
  /** `errors` holds the first of them. */
  readonly errorCount: number;
  /** Rows that are in although something of them was passed over, e.g. values beyond the last column. */
  readonly warnings: readonly RowWarning[];
  /** Rows that are or may be somebody who is there; the first of them, those that came in before those that were taken. */
  readonly alike: readonly AlikeRow[];
  readonly alikeCount: number;
  readonly batches: number;
  readonly made: {
    readonly stages: readonly string[];
    readonly fields: readonly string[];
    readonly people: readonly string[];
    /** Of an import of people: teams that it made or put people into. */
    readonly teams?: readonly MadeTeam[];
    /** Of an import of people: addresses it gave to people who were there without one. */
    readonly addresses?: readonly { readonly member: string; readonly email: string }[];
  };
  /** What a person needs to hear, e.g. where it stopped. */
  readonly message: string | null;
  /** What taking it back left alone, because somebody changed it since. */
  readonly kept: readonly KeptRecord[];
  readonly keptCount: number;
}

export interface MadeTeam {
  readonly id: string;
  readonly isNew: boolean;
  /** Whom the import put in. */
  readonly members: readonly string[];
}

export interface RowWarning {
  readonly row: number;
  readonly message: string;
}

export interface KeptRecord {
  readonly record: string;
  readonly title: string;
  /** '' when the whole record was kept. */
  readonly field: string;
  /** Where it is not that somebody changed it: `has joined`. */
  readonly why?: string;
}

export const errorsKept = 1000;

const count = (raw: unknown): number => (typeof raw === 'number' && Number.isFinite(raw) ? raw : 0);
const words = (raw: unknown): string => (typeof raw === 'string' ? raw : '');
const list = <T>(raw: unknown): T[] => (Array.isArray(raw) ? (raw as T[]) : []);
const isStatus = (raw: unknown): raw is ImportStatus => (importStatuses as readonly unknown[]).includes(raw);

/** Reads an import's record. Total. */
function readImport(raw: RawRecord): ImportRecord {
  const made = (typeof raw.made === 'object' && raw.made !== null ? raw.made : {}) as Record<string, unknown>;
  return {
    noun: words(raw.noun),
    board: words(raw.board),
    file: words(raw.file),
    status: isStatus(raw.status) ? raw.status : 'interrupted',
    by: words(raw.by),
    startedAt: count(raw.startedAt),
    finishedAt: typeof raw.finishedAt === 'number' ? raw.finishedAt : null,
    rows: count(raw.rows),
    done: count(raw.done),
    planned: count(raw.planned),
    created: count(raw.created),
    updated: count(raw.updated),
    unchanged: count(raw.unchanged),
    skipped: count(raw.skipped),
    errors: list<RowError>(raw.errors),
    errorCount: count(raw.errorCount),
    warnings: list<RowWarning>(raw.warnings),
    alike: list<AlikeRow>(raw.alike),
    alikeCount: count(raw.alikeCount),
    batches: count(raw.batches),
    made: {
      stages: list(made.stages),
      fields: list(made.fields),
      people: list(made.people),
      ...(made.teams === undefined ? {} : { teams: list<MadeTeam>(made.teams) }),
      ...(made.addresses === undefined ? {} : { addresses: list(made.addresses) }),
    },
    message: typeof raw.message === 'string' ? raw.message : null,
    kept: list<KeptRecord>(raw.kept),
    keptCount: count(raw.keptCount),
  };
}

export const importOf = (doc: Y.Doc): ImportRecord => readImport(rawRecord(doc.getMap('meta')));

/** Changes an import's record. */
export const recordPatch = (change: Partial<ImportRecord>): Patch => [
  { root: 'meta', id: rootRecord, set: change as unknown as Record<string, Json> },
];
