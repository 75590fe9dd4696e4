import { isSafeUrl } from '@rapport/schema/read-value';
import { isMentionNoun, isRecordId } from './schema.ts';

/** A value that a document may hold as an attribute; anything else is dropped. */
export type AttributeValue = string | number | boolean | null | readonly number[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** What an element of a note is, by its name in the document (which is its name in the editor's schema, too). */
export interface ElementRule {
  /** Holds text; its own text is a block of the read model. */
  readonly isTextBlock?: boolean;
  /** Stands within text. */
  readonly isInline?: boolean;
  /** Attributes by name: the cleaned value, or undefined when it cannot be kept. */
  readonly attributes?: Readonly<Record<string, (raw: unknown) => AttributeValue | undefined>>;
}

const boolean = (raw: unknown): boolean | undefined => (typeof raw === 'boolean' ? raw : undefined);
const within =
  (least: number, most: number) =>
  (raw: unknown): number | undefined =>
    typeof raw === 'number' && Number.isInteger(raw) && raw >= least && raw <= most ? raw : undefined;
const orNull =
  <V extends AttributeValue>(read: (raw: unknown) => V | undefined) =>
  (raw: unknown): V | null | undefined =>
    raw === null || raw === undefined ? null : read(raw);
const text =
  (limit: number) =>
  (raw: unknown): string | undefined =>
    typeof raw === 'string' ? raw.slice(0, limit).toWellFormed() : undefined;
const recordId = (raw: unknown): string | undefined => (isRecordId(raw) ? raw : undefined);
const date = (raw: unknown): string | undefined =>
  typeof raw === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(raw) ? raw : undefined;
const widths = (raw: unknown): readonly number[] | undefined =>
  Array.isArray(raw) && raw.length <= 100 && raw.every((width) => within(0, 10_000)(width) !== undefined)
    ? (raw as number[])
    : undefined;

/** Files of this server alone: pictures from elsewhere would tell their host who reads what. */
export const isOwnFile = (raw: unknown): raw is string =>
  typeof raw === 'string' &&
  raw.length <= 500 &&
  /^\/api\/v1\/w\/[\w-]+\/files\/[\w./~-]+(\?[\w=&.-]*)?$/.test(raw) &&
  !raw.includes('..');

const align = orNull((raw) => (raw === 'left' || raw === 'center' || raw === 'right' ? raw : undefined));
/** An editor lays out every cell that a table spans. */
export const widestCell = 50;
export const tallestCell = 500;
const cell = {
  colspan: within(1, widestCell),
  rowspan: within(1, tallestCell),
  colwidth: orNull(widths),
  align,
} as const;

const elementRules: Readonly<Record<string, ElementRule>> = {
  paragraph: { isTextBlock: true },
  heading: { isTextBlock: true, attributes: { level: within(1, 3) } },
  codeBlock: { isTextBlock: true, attributes: { language: orNull(text(40)) } },
  blockquote: {},
  bulletList: {},
  orderedList: { attributes: { start: within(0, 1_000_000_000), type: orNull(text(1)) } },
  listItem: {},
  taskList: {},
  taskItem: {
    attributes: { checked: boolean, taskId: orNull(recordId), assignee: orNull(recordId), due: orNull(date) },
  },
  table: {},
  tableRow: {},
  tableCell: { attributes: cell },
  tableHeader: { attributes: cell },
  horizontalRule: {},
  image: {
    attributes: {
      src: (raw) => (isOwnFile(raw) ? raw : undefined),
      alt: orNull(text(500)),
      title: orNull(text(500)),
      width: orNull(within(1, 10_000)),
      height: orNull(within(1, 10_000)),
    },
  },
  hardBreak: { isInline: true },
  mention: {
    isInline: true,
    attributes: {
      noun: (raw) => (isMentionNoun(raw) ? raw : undefined),
      ref: recordId,
      mid: orNull(recordId),
    },
  },
};

/** Marks of text, by name; the answer is the mark's attributes cleaned, or undefined when it cannot be kept. */
const markRules: Readonly<Record<string, (raw: unknown) => Attributes | undefined>> = {
  bold: () => ({}),
  italic: () => ({}),
  strike: () => ({}),
  underline: () => ({}),
  code: () => ({}),
  highlight: () => ({}),
  link: (raw) => {
    const href = typeof raw === 'object' && raw !== null && 'href' in raw ? raw.href : undefined;
    return typeof href === 'string' && href.length <= 2000 && isSafeUrl(href) ? { href } : undefined;
  },
};

export const ruleOf = (name: string): ElementRule | undefined =>
  Object.hasOwn(elementRules, name) ? elementRules[name] : undefined;
export const markOf = (name: string) => (Object.hasOwn(markRules, name) ? markRules[name] : undefined);

/** An element's attributes cleaned, and whether a value could not be kept. Names that nobody reads are passed over. */
export function cleanAttributes(
  rule: ElementRule,
  raw: Readonly<Record<string, unknown>>,
): { attributes: Attributes; isClean: boolean } {
  const attributes: Record<string, AttributeValue> = {};
  let isClean = true;
  for (const [name, read] of Object.entries(rule.attributes ?? {})) {
    if (!Object.hasOwn(raw, name) || raw[name] === undefined) continue;
    const value = read(raw[name]);
    if (value === undefined) isClean = false;
    else attributes[name] = value;
  }
  return { attributes, isClean };
}
