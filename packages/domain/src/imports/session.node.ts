import type { Patch } from '@rapport/doc/patch';
import type { Author } from '@rapport/sync/server/ports';
import type { Role } from '../people/roles.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import type * as Y from 'yjs';
import type { AlikeRow } from './alike.ts';
import type { BatchDone, RowsWritten } from './batch-record.ts';
import type { FileColumn, FileReading } from './file-reading.ts';
import type { KeyChoice } from './import-nouns.ts';
import type { ImportOptions } from './options.ts';
import type { ImportRecord, KeptRecord } from './record.ts';
import type { RowsDone } from './rows-done.ts';
import type { ImportFields, RowError } from './target.ts';

/** What an import made beside the records, so that taking it back can remove it. */
export type Made = ImportRecord['made'];

/** Records that are written in one commit. */
export interface Batch {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly written: RowsWritten;
  /** Documents that it writes to; `creates` and `brief` as the hub takes them. */
  readonly docs: readonly string[];
  readonly creates?: readonly string[];
  readonly brief?: readonly string[];
  edit(docs: readonly Y.Doc[]): BatchDone;
}

/** What an import would do. Nothing is written before `begin`. */
export interface ImportPlan {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly errors: readonly RowError[];
  /** Rows that are or may be somebody who is there, or come twice, though no key says so. */
  readonly alike?: readonly AlikeRow[];
  /** What comes into being beside the records. */
  readonly also: {
    readonly stages: readonly { name: string; kind: string }[];
    readonly people: readonly string[];
    readonly fields: readonly { key: string; label: string; type: string }[];
    /** Records of other nouns that the rows name. */
    readonly records?: readonly { noun: string; created: number; used: number }[];
    /** Of people: teams that come into being. */
    readonly teams?: readonly string[];
    /** Of people: how many the file asks a role above member for, and whether they get it. */
    readonly roles?: { readonly asked: Readonly<Record<string, number>>; readonly isGranted: boolean };
  };
  /** Makes what the rows need; then the batches can be written, in order. The file stays open until they are. */
  begin(author: Author): Promise<{ made: Made; batches: Iterable<Batch> | AsyncIterable<Batch> }>;
}

/** One import of one noun, as the noun sees it: a deal knows of boards and stages, the import does not. */
export interface ImportSession {
  readonly noun: string;
  /** Where the rows go. */
  readonly place: { readonly id: string; readonly name: string; readonly doc: string };
  readonly fields: ImportFields;
  /** Keys that a field made by the import must not have. */
  readonly takenKeys: readonly string[];
  /** No column becomes a new field. */
  readonly makesNone?: true;
  readonly currency: string;
  /** Values of a field that the workspace knows, to find other spellings of them. */
  knownValues(field: string): readonly string[];
  /** What tells that a row and a record are the same when nobody says; empty: every row is a new record. */
  defaultKey(columns: readonly FileColumn[]): readonly string[];
  /** Ways to recognise a record by the fields that are imported. */
  keyChoices(columns: readonly FileColumn[]): readonly KeyChoice[];
  /** Whether rows and records can be recognised by this column or field. */
  isKey(columns: readonly FileColumn[], key: string): boolean;
  /** `name`: the file's. `done`: rows that were written before a stop; the plan has the others. */
  plan(
    file: FileReading,
    name: string,
    options: ImportOptions,
    pause: () => Promise<void>,
    done?: RowsDone,
  ): Promise<ImportPlan>;
}

/** Where a record is now: it may have gone to an archive or another board since it was imported. */
export interface Whereabouts {
  readonly id: string;
  readonly doc: string;
  readonly title: string;
}

/** What a noun gives to be imported: one line in the noun of imports. */
export interface ImportTarget {
  readonly noun: string;
  readonly singular: string;
  /** The role that it takes; member where nothing is said. */
  readonly least?: Role;
  /** A plan of it can leave out what was written before; else an import that was cut off stays so. */
  readonly resumes?: true;
  /** Null when there is no such place (`board` of the options). */
  open(ws: WorkspaceContext, deps: NounDeps, board: string | undefined): Promise<ImportSession | null>;
  /** Those of the records that are not deleted, other nouns' that come in with it included. */
  whereabouts(ws: WorkspaceContext, ids: readonly string[]): readonly Whereabouts[];
  /** Deletes a record that is a document of its own, softly. */
  deletePatch?(now: number): Patch;
  /** Those of the records that others hold on to, though nobody changed them: a colleague's link leads there. */
  heldBy?(ws: WorkspaceContext, ids: readonly string[]): readonly string[];
  /** Removes what an import made beside its records, as far as nothing uses it; may answer what stayed, and why. */
  dropMade(
    ws: WorkspaceContext,
    deps: NounDeps,
    importId: string,
    board: string,
    made: Made,
  ): Promise<readonly KeptRecord[] | void>;
}
