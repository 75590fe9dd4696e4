import * as v from 'valibot';
import { makeableTypes } from './target.ts';

const texts = v.record(v.string(), v.string());
const target = v.nullable(
  v.union([
    v.pipe(v.string(), v.maxLength(100)),
    v.strictObject({ make: v.picklist(makeableTypes), label: v.optional(v.pipe(v.string(), v.maxLength(200))) }),
  ]),
);

/** What a caller says about an import. All of it is optional: what is left out is suggested from the file. */
export const importOptions = v.strictObject({
  noun: v.optional(
    v.pipe(
      v.picklist(['deal', 'deals', 'contact', 'contacts', 'company', 'companies', 'person', 'people']),
      v.description('What the rows are; `people` of the workspace are an admin’s to bring in'),
    ),
    'deals',
  ),
  board: v.optional(v.pipe(v.string(), v.description('Board that the rows go to; the first one when left out'))),
  mapping: v.optional(
    v.pipe(
      v.record(v.string(), target),
      v.description(
        'Column → field key, `{make: type, label}` for a new field, or null to leave it out. Columns not named are left out',
      ),
    ),
  ),
  key: v.optional(
    v.nullable(
      v.pipe(
        v.union([v.string(), v.pipe(v.array(v.string()), v.maxLength(10))]),
        v.description(
          'Column or field by whose value a row and a record are the same, or `title+company` of deals. Several are tried in their order',
        ),
      ),
    ),
  ),
  whenThere: v.optional(
    v.pipe(v.picklist(['overwrite', 'fill', 'skip']), v.description('What a row does to the record that it matches')),
    'overwrite',
  ),
  whenAlike: v.optional(
    v.pipe(
      v.picklist(['match', 'new']),
      v.description(
        'Of contacts and companies: whether a row that no key recognises, but that is almost certainly a record that is there or an earlier row, counts as that one (`match`), or comes in and is told in `alike`',
      ),
    ),
    'match',
  ),
  formats: v.optional(v.pipe(texts, v.description('Column → format: the answers to `questions`')), {}),
  aliases: v.optional(
    v.pipe(v.record(v.string(), texts), v.description('Column → value in the file → value to use instead')),
    {},
  ),
  edits: v.optional(v.pipe(v.record(v.string(), texts), v.description('Row number → column → corrected value')), {}),
  skip: v.optional(v.pipe(v.array(v.number()), v.description('Rows to leave out')), []),
  titleFrom: v.optional(v.pipe(v.array(v.string()), v.description('Columns that make a title where there is none'))),
  currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'))),
  records: v.optional(
    v.pipe(
      v.picklist(['link', 'text']),
      v.description(
        'Whether companies and contacts that deals name become records (those that are there, or new ones), or stay text',
      ),
    ),
    'link',
  ),
  roles: v.optional(
    v.pipe(
      v.picklist(['member', 'file']),
      v.description(
        'Of people: whether a role above member that the file asks for is given, or they come in as members',
      ),
    ),
    'member',
  ),
  encoding: v.optional(v.string()),
  delimiter: v.optional(v.pipe(v.string(), v.length(1))),
  hasHeader: v.optional(v.boolean()),
  sheet: v.optional(v.pipe(v.string(), v.description('Sheet of a spreadsheet; the first one when left out'))),
  dryRun: v.optional(v.pipe(v.boolean(), v.description('Only say what would happen')), false),
  preview: v.optional(
    v.pipe(
      v.boolean(),
      v.description('A dry run that also describes the columns, and answers 200 when there are questions'),
    ),
    false,
  ),
});
export type ImportOptions = v.InferOutput<typeof importOptions>;

/** Keys in the order in which they are tried. */
export const keysOf = ({ key }: Pick<ImportOptions, 'key'>): readonly string[] =>
  key === undefined || key === null ? [] : typeof key === 'string' ? [key] : key;
