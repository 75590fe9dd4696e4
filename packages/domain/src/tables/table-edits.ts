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
  /** Puts a record into the bin, or takes it out again. */
  readonly bin: (doc: Y.Doc, id: string, isGone: boolean, env: EditEnv) => Result<Patch, EditProblem>;
}
