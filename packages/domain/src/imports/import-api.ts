import type { AlikeRow } from './alike.ts';
import type { ImportNoun, KeyChoice } from './import-nouns.ts';
import type { DescribedColumn, DescribedField, LookRow } from './describe-import.ts';
import type { Spellings } from './spellings.ts';
import type { ColumnTarget, FormatQuestion, RowError } from './target.ts';

/** Options as the wizard sends them; see options.ts for what each means. */
export interface WizardOptions {
  readonly noun: ImportNoun;
  readonly board?: string;
  /** Of a spreadsheet. */
  readonly sheet?: string;
  readonly mapping?: Readonly<Record<string, ColumnTarget>>;
  readonly key?: readonly string[] | null;
  readonly whenThere: 'overwrite' | 'fill' | 'skip';
  /** Of contacts and companies; left out: `match`. */
  readonly whenAlike?: 'match' | 'new';
  /** Of deals: whether companies and contacts that they name become records; left out: `link`. */
  readonly records?: 'link' | 'text';
  readonly formats: Readonly<Record<string, string>>;
  /** Of people: whether roles above member that the file asks for are given. */
  readonly roles?: 'member' | 'file';
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly edits: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly skip: readonly number[];
}

/** The API's answer to a preview. */
export interface Preview {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly errors: readonly RowError[];
  readonly errorCount: number;
  readonly alike: readonly AlikeRow[];
  readonly alikeCount: number;
  readonly questions: readonly FormatQuestion[];
  readonly columns: readonly DescribedColumn[];
  readonly fields: readonly DescribedField[];
  readonly looks: readonly LookRow[];
  readonly spellings: readonly Spellings[];
  readonly file: {
    readonly name: string;
    readonly kind: 'csv' | 'xlsx' | 'vcard';
    readonly sheets: readonly string[];
    readonly sheet: string | null;
    readonly encoding: string;
    readonly delimiter: string;
    readonly problems: readonly { readonly row: number; readonly message: string }[];
  };
  readonly board: { readonly id: string; readonly name: string };
  readonly keys: readonly KeyChoice[];
  readonly defaultKey: readonly string[];
  readonly currency: string;
  /** No column can become a new field. */
  readonly makesNone: boolean;
  readonly also: {
    readonly stages: readonly { readonly name: string; readonly kind: string }[];
    readonly people: readonly string[];
    readonly fields: readonly { readonly label: string; readonly type: string }[];
    /** Records of other nouns that the rows name: `{noun: 'companies', created: 291, used: 64}`. */
    readonly records?: readonly { readonly noun: string; readonly created: number; readonly used: number }[];
    /** Of people: teams that come into being. */
    readonly teams?: readonly string[];
    readonly roles?: { readonly asked: Readonly<Record<string, number>>; readonly isGranted: boolean };
  };
}

/** A preview without its rows, which the wizard keeps apart. */
export type ShownPreview = Omit<Preview, 'looks'>;

/** An import that runs or ran, as the API shows it. */
export interface ShownImport {
  readonly id: string;
  readonly noun: string;
  readonly board: string;
  readonly file: string;
  readonly status: 'running' | 'done' | 'interrupted' | 'undoing' | 'undone';
  readonly startedAt: number;
  readonly rows: number;
  readonly done: number;
  readonly planned: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly message: string | null;
  readonly errors: readonly RowError[];
  readonly warnings: readonly { readonly row: number; readonly message: string }[];
  readonly alike: readonly AlikeRow[];
  readonly alikeCount: number;
  readonly kept: readonly {
    readonly record: string;
    readonly title: string;
    readonly field: string;
    readonly why?: string;
  }[];
  readonly keptCount: number;
}

/**
 * A column that can be the key of the file: every row has its own value, and its name says so. None of those by which
 * records are recognised anyway, and no part of an address: a postal code is called a code, too.
 */
export function suggestedKey(preview: Pick<Preview, 'columns' | 'fields' | 'defaultKey'>): readonly string[] | null {
  const isOne = (target: ColumnTarget): boolean =>
    typeof target !== 'string' ||
    (!preview.defaultKey.includes(target) && preview.fields.find(({ key }) => key === target)?.isList !== true);
  const byName = preview.columns.find(
    ({ column, isUnique, target }) =>
      isUnique &&
      target !== null &&
      isOne(target) &&
      /(?:^|[^a-z])(?:id|ids|no|nr|key|code|number|nummer)$/i.test(column) &&
      !/(?:zip|post(?:al)?)[^a-z]*code$/i.test(column),
  );
  return byName ? [byName.column] : null;
}
