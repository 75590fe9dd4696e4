import { isUlid } from '@rapport/doc/ids';
import type { ActivityEntry } from './entry.ts';

/** How values are told: the parts that depend on the workspace and the reader. */
export interface Telling {
  /** A member's name; undefined for ids that are no member. */
  readonly nameOf: (id: string) => string | undefined;
  /** A custom field's label by its key. */
  readonly labelOf?: (field: string) => string | undefined;
  /** BCP 47; undefined: the reader's own. */
  readonly locale?: string | undefined;
  readonly money: (minor: number, currency: string) => string;
}

/** A line of the feed in parts: “Ana *set value of* **Cryo store**, €68,000 → €72,000”. */
export interface Words {
  readonly verb: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Quiet words after the amount. */
  readonly note: string | null;
  /** Whether the record's value says something here. */
  readonly showsValue: boolean;
}

const verbs: Readonly<Record<string, string>> = {
  created: 'added',
  imported: 'imported',
  moved: 'moved',
  won: 'won',
  lost: 'lost',
  reopened: 'reopened',
  deleted: 'deleted',
  restored: 'restored',
  removed: 'removed',
  noted: 'wrote the note',
  attached: 'attached',
};

/** Records that a value names by their ids; what they are called is not the feed's to tell. */
const recordWords: Readonly<Record<string, string>> = {
  company: 'a company',
  parent: 'a company',
  contact: 'a contact',
};
const loggedWords: Readonly<Record<string, string>> = {
  call: 'logged a call with',
  meeting: 'logged a meeting with',
  email: 'logged an e-mail with',
  note: 'wrote a note on',
};

/** What is said of what was added to a record: its name is the title already. */
const additions = new Set(['noted', 'attached']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands in a stage of a board. */
const cards = new Set(['deal', 'lead']);
/** Leads end otherwise than deals. */
const leadVerbs: Readonly<Record<string, string>> = { won: 'converted', lost: 'disqualified' };

/** `expectedClose` → `expected close`. */
const spaced = (key: string): string => key.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

const instants = new Set(['createdAt', 'closedAt']);

const dayText = (day: string | number, locale: string | undefined) =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    typeof day === 'number' ? day : Date.parse(`${day}T00:00:00Z`),
  );

const longest = 160;
const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest).trimEnd()}…` : text);

/** A field's value as one short line; null when there is none. Total: the log holds whatever was once written. */
export function valueWords(field: string | null, value: unknown, telling: Telling): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    if (field !== null && instants.has(field) && Math.abs(value) <= 8.64e15) return dayText(value, telling.locale);
    return value.toLocaleString(telling.locale);
  }
  if (typeof value === 'string') {
    const name = field === 'owner' ? telling.nameOf(value) : undefined;
    if (name !== undefined) return name;
    if (isUlid(value)) return recordWords[field ?? ''] ?? 'a record';
    return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
      ? dayText(value, telling.locale)
      : short(value);
  }
  if (Array.isArray(value)) return value.length === 0 ? null : short(value.map(String).join(', '));
  if (!isRecord(value)) return null;
  if (typeof value.minor === 'number' && typeof value.currency === 'string' && /^[A-Z]{3}$/.test(value.currency))
    return telling.money(value.minor, value.currency);
  if ('what' in value || 'due' in value) {
    const due = typeof value.due === 'string' ? valueWords(null, value.due, telling) : null;
    return [value.what, due].filter((part) => typeof part === 'string' && part !== '').join(', ') || null;
  }
  return short(JSON.stringify(value));
}

/** What an entry says. */
export function wordsOf(entry: ActivityEntry, telling: Telling): Words {
  const { kind, field } = entry;
  const from = valueWords(field, entry.from, telling);
  const to = valueWords(field, entry.to, telling);
  if (kind === 'changed') {
    const label = (field === null ? undefined : telling.labelOf?.(field)) ?? spaced(field ?? 'something');
    const verb = field === 'title' ? 'renamed' : `${to === null ? 'cleared' : 'set'} ${label} of`;
    return { verb, from, to, note: null, showsValue: false };
  }
  if (kind === 'linked' || kind === 'unlinked') {
    const other = recordWords[field ?? ''] ?? 'a record';
    const verb = kind === 'linked' ? `linked ${other} to` : `unlinked ${other} from`;
    return { verb, from: null, to: null, note: null, showsValue: false };
  }
  if (kind === 'logged')
    return { verb: loggedWords[field ?? ''] ?? 'wrote on', from: null, to, note: null, showsValue: false };
  const isNew = kind === 'created' || kind === 'imported';
  const did = (entry.noun === 'lead' ? leadVerbs[kind] : undefined) ?? verbs[kind] ?? kind;
  // A card says by its stage that it is one; of the rest a title alone does not tell what it is.
  const verb = isNew && !cards.has(entry.noun) && entry.title !== null ? `${did} the ${entry.noun}` : did;
  const note = !isNew || !cards.has(entry.noun) ? null : to === null ? 'new' : `new in ${to}`;
  const isOver = kind === 'won' || kind === 'lost' || isNew || additions.has(kind);
  return { verb, from: isOver ? null : from, to: isOver ? null : to, note, showsValue: true };
}

/** One sentence for a screen reader. */
export function sentenceOf(entry: ActivityEntry, telling: Telling): string {
  const { verb, from, to } = wordsOf(entry, telling);
  const who = actorName(entry, telling);
  const change = to === null ? '' : from === null ? `: ${to}` : ` from ${from} to ${to}`;
  return `${who} ${verb} ${entry.title ?? `an untitled ${entry.noun}`}${change}`;
}

/** Who did it, by the name that the workspace has for them. */
export const actorName = (
  { actor, agent = null }: { readonly actor: string; readonly agent?: string | null },
  telling: Pick<Telling, 'nameOf'>,
): string => telling.nameOf(actor) ?? (actor === 'server' ? serverName(agent) : 'Somebody who left');

/** What did something that nobody did: a rule of a leads board, or Rapport itself. */
export const serverName = (agent: string | null): string =>
  agent?.startsWith('rule:') === true ? 'Assignment' : 'Rapport';

/** The local day of an instant, `YYYY-MM-DD`. */
export function localDay(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** When, beside a line: now, 4 min, 10:22; with `showsDay`, Tue 17 or 30 Oct 2025 for older ones. */
export function whenWords(
  at: number,
  now: number,
  options: { showsDay?: boolean; locale?: string | undefined } = {},
): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  const isToday = localDay(at) === localDay(now);
  if (isToday || options.showsDay !== true)
    return new Intl.DateTimeFormat(options.locale, { hour: '2-digit', minute: '2-digit' }).format(at);
  const days = minutes / 1440;
  if (days < 21) return new Intl.DateTimeFormat(options.locale, { weekday: 'short', day: 'numeric' }).format(at);
  return new Intl.DateTimeFormat(options.locale, { dateStyle: 'medium' }).format(at);
}

/** A day as a heading: Today, Yesterday, Tuesday 17 November. */
export function dayHeading(day: string, now: number, locale?: string): string {
  if (day === localDay(now)) return 'Today';
  if (day === localDay(now - 86_400_000)) return 'Yesterday';
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
    ...(day.slice(0, 4) === localDay(now).slice(0, 4) ? {} : { year: 'numeric' as const }),
  }).format(Date.parse(`${day}T00:00:00Z`));
}
