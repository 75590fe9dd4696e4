import { addressParts, type AddressPart, type NamedPoint, type PointKind } from './points.ts';

/** A way to reach a record, as a row gives it. */
export type ReadPoint =
  | { readonly kind: 'email' | 'phone' | 'social'; readonly type: string; readonly value: string }
  | { readonly kind: 'address'; readonly type: string; readonly value: ReadAddress };
export type ReadAddress = Readonly<Partial<Record<AddressPart, string>>>;

/** A filled cell of a point column. */
export interface PointCell {
  readonly point: NamedPoint;
  readonly text: string;
  /** Column, for what is wrong with it. */
  readonly column: string;
}

const longest = { email: 254, phone: 100, address: 300, social: 2000 } as const;
const mostPoints = 50;

/** One entry, several (`a; b`, one a line, ` ::: ` between them), or a JSON list. */
function entriesOf(text: string, kind: PointKind): string[] {
  if (text.startsWith('[')) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list))
        return list.flatMap((each: unknown) => {
          if (typeof each === 'string') return [each];
          if (typeof each !== 'object' || each === null) return [];
          const { number, callingCode, value, email } = each as Record<string, unknown>;
          return [`${typeof callingCode === 'string' ? callingCode : ''}${String(number ?? value ?? email ?? '')}`];
        });
    } catch {
      // No JSON: a text that begins with a bracket.
    }
  }
  const separator = kind === 'email' ? /\s*(?:[;,\n|]|:::)\s*|\s+(?=\S+@)/ : /\s*(?:[;\n|]|:::)\s*/;
  return text.split(separator).filter((entry) => entry !== '');
}

/** `Ada Lovelace <ada@x.example>` and `mailto:` as the address alone. */
const bareEmail = (entry: string): string =>
  (/<([^<>\s]+)>\s*$/.exec(entry)?.[1] ?? entry).replace(/^mailto:/i, '').trim();

const isEmail = (text: string): boolean => text.length <= longest.email && /^[^\s@<>]+@[^\s@<>]+$/.test(text);
const quoted = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;

const typeTexts: readonly (readonly [RegExp, string])[] = [
  [/fax/i, 'fax'],
  [/mobil|cell|handy/i, 'mobile'],
  [/work|business|office|gesch|arbeit/i, 'work'],
  [/home|privat|personal/i, 'home'],
  [/bill|rechnung/i, 'billing'],
  [/ship|liefer/i, 'shipping'],
];
/** A type as a cell says it. */
const typeOf = (text: string): string =>
  typeTexts.find(([pattern]) => pattern.test(text))?.[1] ?? (text === '' ? '' : 'other');

/**
 * Puts the cells of a row's point columns together: parts of one address, a type from the column beside it. What comes
 * first of a kind is meant first. A value that stands there twice is one.
 */
export function readPoints(cells: readonly PointCell[]): {
  points: ReadPoint[];
  problems: { column: string; message: string }[];
} {
  const points: ReadPoint[] = [];
  const problems: { column: string; message: string }[] = [];
  const seen = new Set<string>();
  for (const slot of Map.groupBy(cells, ({ point }) => point.slot).values()) {
    const [first] = slot;
    if (!first) continue;
    const { kind } = first.point;
    const said = slot.find(({ point }) => point.part === 'type')?.text;
    const type = said === undefined ? (slot.find(({ point }) => point.type !== '')?.point.type ?? '') : typeOf(said);
    const add = (point: ReadPoint) => {
      const mark = `${kind} ${JSON.stringify(point.value).toLowerCase()}`;
      if (seen.has(mark) || points.length >= mostPoints) return;
      seen.add(mark);
      points.push(point);
    };
    if (kind === 'address') {
      const value = addressOf(slot);
      if (Object.keys(value).length > 0) add({ kind, type, value });
      continue;
    }
    const service = /^social (.+)$/.exec(first.point.slot)?.[1];
    const code = slot.find(({ point }) => point.part === 'callingCode')?.text ?? '';
    for (const { point, text, column } of slot) {
      if (point.part !== 'value') continue;
      for (const entry of entriesOf(text, kind)) {
        const value = kind === 'email' ? bareEmail(entry) : entry.trim();
        if (kind === 'email' && !isEmail(value))
          problems.push({ column, message: `${quoted(value)} is not an e-mail address` });
        else if (kind === 'phone' && !/\d/.test(value))
          problems.push({ column, message: `${quoted(value)} is not a phone number` });
        else if (value.length > longest[kind]) problems.push({ column, message: `${quoted(value)} is too long` });
        else
          add({
            kind,
            type: service ?? type,
            value: kind === 'phone' && code !== '' && !/^\+|^00/.test(value) ? `${code} ${value}` : value,
          });
      }
    }
  }
  return { points, problems };
}

function addressOf(slot: readonly PointCell[]): ReadAddress {
  const value: Partial<Record<AddressPart, string>> = {};
  for (const part of addressParts) {
    const texts = slot.filter(({ point }) => point.part === part).map(({ text }) => text.slice(0, longest.address));
    if (texts.length > 0) value[part] = [...new Set(texts)].join(part === 'street' ? ' ' : ', ');
  }
  return value;
}
