import { byRank } from '@rapport/doc/rank';
import { eachRecord, rawRecord, type RawRecord } from '@rapport/doc/records';
import { isSafeUrl } from '@rapport/schema/read-value';
import type * as Y from 'yjs';
import { formLanguages, type FormLanguage } from './words.ts';

/**
 * A public form as a document, `form/<id>`: root `meta` has what the form is, `fields` and `consents` are maps by id. On
 * which board its leads go is what it lies in, which is the server's to decide (ADR 11), and not in the document.
 */
export const formDoc = (id: string): string => `form/${id}`;
export const fieldsRoot = 'fields';
export const consentsRoot = 'consents';

/** UTF-16 code units; entries of a list. */
export const formLimits = {
  name: 120,
  line: 200,
  text: 2000,
  url: 2000,
  options: 50,
  fields: 40,
  consents: 10,
  origins: 20,
} as const;

/** One question. `field` is the key of the lead's field that it fills. */
export interface FormField {
  readonly id: string;
  readonly field: string;
  readonly label: string;
  readonly help: string;
  readonly required: boolean;
  /** Not empty: one of these is chosen instead of typed. */
  readonly options: readonly string[];
  readonly rank: string;
}

/** A purpose that people are asked to agree to, in these words. */
export interface FormConsent {
  readonly id: string;
  readonly purpose: string;
  readonly wording: string;
  readonly required: boolean;
  readonly rank: string;
}

export interface Form {
  /** Shown above the questions. */
  readonly name: string;
  readonly intro: string;
  /** Text of the button; '' is the language's own word. */
  readonly button: string;
  /** Said after sending; '' is the language's own sentence. */
  readonly thanks: string;
  /** Where people are sent afterwards, http or https; '' stays on the page that says thanks. */
  readonly redirect: string;
  readonly language: FormLanguage;
  /** Whether an e-mail asks to confirm before a lead is made. */
  readonly doubleOptIn: boolean;
  readonly isActive: boolean;
  /** Origins of the pages that may show it in a frame. */
  readonly origins: readonly string[];
  /** What its leads' source is called. */
  readonly source: string;
  readonly by: string;
  readonly at: number;
  readonly deletedAt: number | null;
  readonly fields: readonly FormField[];
  readonly consents: readonly FormConsent[];
}

const instant = (raw: unknown): number | null =>
  typeof raw === 'number' && Number.isSafeInteger(raw) && Math.abs(raw) <= 8.64e15 ? raw : null;

/** Text of several lines, without signs that turn the reading direction of what stands around it. */
export const cleanText = (raw: unknown, limit: number): string =>
  typeof raw === 'string'
    ? raw
        .toWellFormed()
        .replaceAll(/\r\n?/g, '\n')
        .replaceAll(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '')
        .slice(0, limit)
        .toWellFormed()
    : '';

/** The same in one line. */
export const cleanLine = (raw: unknown, limit: number): string => cleanText(raw, limit).replaceAll(/\s+/g, ' ').trim();

/** Scheme, host and port of an address of the web, and the rest. Plain letters only: it stands in a header as it is. */
const webAddress = /^(https?):\/\/([a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])(?::(\d{1,5}))?([/?#]\S*)?$/i;

function readOriginOf(raw: unknown): { readonly origin: string; readonly rest: string } | null {
  const match = typeof raw === 'string' && raw.length <= formLimits.url && isSafeUrl(raw) ? webAddress.exec(raw) : null;
  if (match === null) return null;
  const [, scheme = '', host = '', port, rest = ''] = match;
  const isUsual = port === undefined || port === (scheme.toLowerCase() === 'https' ? '443' : '80');
  return { origin: `${scheme}://${host}${isUsual ? '' : `:${port}`}`.toLowerCase(), rest };
}

/** An origin such as `https://www.example.com`, or null. */
export const readOrigin = (raw: unknown): string | null => readOriginOf(raw)?.origin ?? null;

/** An address that a browser may be sent to, or ''. */
export function readWebAddress(raw: unknown): string {
  const read = readOriginOf(raw);
  // Signs that a header cannot hold are written as browsers do.
  return read === null ? '' : `${read.origin}${encodeURI(read.rest.toWellFormed()).replaceAll('%25', '%')}`;
}

const listOf = (raw: unknown, limit: number): readonly unknown[] => (Array.isArray(raw) ? raw.slice(0, limit) : []);

/** Answers that can be chosen: without empty ones and repetitions. */
export const readChoices = (raw: unknown): readonly string[] => [
  ...new Set(
    listOf(raw, formLimits.options)
      .map((each) => cleanLine(each, formLimits.line))
      .filter((each) => each !== ''),
  ),
];

const readField = (id: string, raw: RawRecord): FormField | null =>
  typeof raw.field !== 'string' || !/^[a-z]\w{0,62}$/.test(raw.field)
    ? null
    : {
        id,
        field: raw.field,
        label: cleanLine(raw.label, formLimits.line),
        help: cleanLine(raw.help, formLimits.text),
        required: raw.required === true,
        options: readChoices(raw.options),
        rank: typeof raw.rank === 'string' ? raw.rank : 'V',
      };

const readConsent = (id: string, raw: RawRecord): FormConsent | null => {
  const purpose = cleanLine(raw.purpose, 60);
  return {
    id,
    purpose: purpose === '' ? 'contact' : purpose,
    wording: cleanLine(raw.wording, formLimits.text),
    required: raw.required === true,
    rank: typeof raw.rank === 'string' ? raw.rank : 'V',
  };
};

function ordered<T extends { readonly id: string; readonly rank: string }>(
  doc: Y.Doc,
  root: string,
  read: (id: string, raw: RawRecord) => T | null,
  limit: number,
): T[] {
  const found: T[] = [];
  eachRecord(doc, root, (id, map) => {
    const raw = rawRecord(map);
    if (!/^\w{1,64}$/.test(id) || instant(raw.deletedAt) !== null) return;
    const item = read(id, raw);
    if (item !== null) found.push(item);
  });
  return found.sort(byRank).slice(0, limit);
}

/** Reads a form's document, which anybody who may edit it may have written. Total. */
export function readForm(doc: Y.Doc): Form {
  const raw = rawRecord(doc.getMap('meta'));
  const name = cleanLine(raw.name, formLimits.name);
  const asked = new Set<string>();
  const origins = listOf(raw.origins, formLimits.origins).map(readOrigin);
  return {
    name: name === '' ? 'Form' : name,
    intro: cleanText(raw.intro, formLimits.text),
    button: cleanLine(raw.button, 60),
    thanks: cleanText(raw.thanks, formLimits.text),
    redirect: readWebAddress(raw.redirect),
    language: formLanguages.find((each) => each === raw.language) ?? 'en',
    doubleOptIn: raw.doubleOptIn === true,
    isActive: raw.active === true,
    origins: [...new Set(origins.filter((each) => each !== null))],
    source: cleanLine(raw.source, formLimits.line),
    by: typeof raw.by === 'string' ? raw.by.slice(0, 100) : '',
    at: instant(raw.at) ?? 0,
    deletedAt: instant(raw.deletedAt),
    // Two people may have added a question for one field at once: the first is asked.
    fields: ordered(doc, fieldsRoot, readField, formLimits.fields).filter(
      ({ field }) => !asked.has(field) && asked.add(field),
    ),
    consents: ordered(doc, consentsRoot, readConsent, formLimits.consents),
  };
}
