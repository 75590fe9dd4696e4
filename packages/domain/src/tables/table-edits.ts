import type { Json } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import type { Result } from '@rapport/doc/result';
import type { FieldSpecs } from '@rapport/schema/fields';
import type * as Y from 'yjs';

/** The world as arguments. */
export interface EditEnv {
  /** Epoch ms. */
  readonly now: number;
  readonly random: () => number;
  readonly newId: () => string;
  readonly custom: FieldSpecs;
}

/** Why a row was not changed: for the person, and by key. */
export interface EditProblem {
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** One field of one record of a document. */
export interface FieldPlace {
  readonly root: string;
  readonly record: string;
  readonly field: string;
}

/** How values that somebody typed into a noun's table become an operation on a document. */
export interface TableEdits {
  readonly plural: string;
  /** Values by key as the document has them: a name that is made of two fields gives both. */
  readonly spell: (values: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /**
   * A column that is not one field: with it change the fields that it stands for, so that taking it back is exact. All of
   * them are taken back or none.
   */
  readonly together?: { readonly key: string; readonly with: readonly string[] };
  /** What stands in the document now under these keys; null when the record is not there (any more). */
  readonly now: (doc: Y.Doc, id: string, keys: readonly string[]) => Readonly<Record<string, Json>> | null;
  readonly plan: (
    doc: Y.Doc,
    id: string,
    values: Readonly<Record<string, unknown>>,
    env: EditEnv,
  ) => Result<Patch, EditProblem>;
  /** Where in the document a key stands that is one field there, so that two values of it can be told; else null. */
  readonly whereIs: (doc: Y.Doc, id: string, key: string) => FieldPlace | null;
  /** The key of the row `id` that a race is about; null when it is about something else. */
  readonly keyOf: (doc: Y.Doc, id: string, at: FieldPlace) => string | null;
  /** The other value of a race as `plan` takes it, where that is not the value under its key. */
  readonly otherAs?: (field: string, other: Json) => Readonly<Record<string, unknown>> | null;
  /** Puts a record into the bin, or takes it out again. */
  readonly bin: (doc: Y.Doc, id: string, isGone: boolean, env: EditEnv) => Result<Patch, EditProblem>;
}
