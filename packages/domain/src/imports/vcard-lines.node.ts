/** One property of a vCard: `item1.EMAIL;TYPE=WORK,PREF:a@b.example` has group `item1`, name `EMAIL`. */
export interface VcardProperty {
  /** Upper case. */
  readonly name: string;
  /** Lower case; '' when there is none. */
  readonly group: string;
  /** Values of the parameters by upper-case name; those that 2.1 writes without a name (`;WORK;`) are under `TYPE`. */
  readonly params: Readonly<Record<string, readonly string[]>>;
  /** As written, after transport encodings are undone; escapes of `;` and `,` still stand. */
  readonly value: string;
  /** It holds bytes (a picture, a key), whose text is of no use to people. */
  readonly isBinary: boolean;
}

/** The lines of one card. */
export interface VcardLines {
  /** `2.1`, `3.0`, `4.0` or what stood there; '' when nothing did. */
  readonly version: string;
  readonly properties: readonly VcardProperty[];
  /** Lines that are no property. */
  readonly broken: number;
  /** The card never ends: the file is cut off. */
  readonly isOpen: boolean;
}

const bareEncodings = new Set(['QUOTED-PRINTABLE', 'BASE64', 'B', '8BIT', '7BIT']);
const bareValues = new Set(['URL', 'CONTENT-ID', 'CID', 'INLINE']);

/** Splits at a sign outside of double quotes. */
function splitOutsideQuotes(text: string, sign: string): string[] {
  const parts: string[] = [];
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === sign && !isQuoted) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** RFC 6868: `^n`, `^'` and `^^` inside of parameters. */
const paramText = (text: string): string =>
  text.replaceAll(/^"|"$/g, '').replaceAll(/\^([n'^])/g, (_, sign) => (sign === 'n' ? '\n' : sign === "'" ? '"' : '^'));

function paramsOf(parts: readonly string[]): Record<string, string[]> {
  const params = Object.create(null) as Record<string, string[]>;
  for (const part of parts) {
    if (part.trim() === '') continue;
    const equals = part.indexOf('=');
    const bare = part.trim().toUpperCase();
    const name =
      equals >= 0
        ? part.slice(0, equals).trim().toUpperCase()
        : bareEncodings.has(bare)
          ? 'ENCODING'
          : bareValues.has(bare)
            ? 'VALUE'
            : 'TYPE';
    const values = splitOutsideQuotes(equals >= 0 ? part.slice(equals + 1) : part, ',').flatMap((value) =>
      // TYPE="work,voice" is a list in quotes.
      name === 'TYPE' ? paramText(value).split(',') : [paramText(value)],
    );
    (params[name] ??= []).push(...values.map((value) => value.trim()));
  }
  return params;
}

/** Where the name and parameters end and the value begins. */
function colonOf(line: string): number {
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') isQuoted = !isQuoted;
    else if (line[at] === ':' && !isQuoted) return at;
  }
  // A quote that is never closed is a sign like any other.
  return line.indexOf(':');
}

const bytesOf = (quotedPrintable: string): Uint8Array => {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const part of quotedPrintable.split(/(=[0-9a-fA-F]{2})/)) {
    if (/^=[0-9a-fA-F]{2}$/.test(part)) bytes.push(Number.parseInt(part.slice(1), 16));
    else bytes.push(...encoder.encode(part));
  }
  return Uint8Array.from(bytes);
};

/** Without a (known) charset: UTF-8 where the bytes are that, else Windows-1252. */
function textOf(bytes: Uint8Array, charset: string | undefined): string {
  for (const [label, fatal] of [
    [charset, false],
    ['utf-8', true],
  ] as const) {
    if (label === undefined) continue;
    try {
      return new TextDecoder(label, { fatal }).decode(bytes);
    } catch {
      // An unknown label, or not UTF-8: the next one.
      continue;
    }
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

const headOf = (line: string): string => line.slice(0, Math.max(0, colonOf(line)));
const isQuotedPrintable = (head: string): boolean => /;\s*(?:ENCODING=)?QUOTED-PRINTABLE\s*(?:;|$)/i.test(head);
const isBase64 = (head: string): boolean => /;\s*(?:ENCODING=)?(?:BASE64|B)\s*(?:;|$)/i.test(head);
const isProperty = (line: string): boolean => /^[\w.-]+(?:;[^:]*)?:/.test(line);

/** Whole properties of lines that are folded, broken softly (quoted-printable) or hold bytes over several lines. */
function unfold(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    const last = whole.at(-1);
    const head = last === undefined ? '' : headOf(last);
    if (last !== undefined && isQuotedPrintable(head) && last.endsWith('='))
      whole[whole.length - 1] = last.slice(0, -1) + line;
    else if (last !== undefined && /^[ \t]/.test(line)) whole[whole.length - 1] = last + line.slice(1);
    // Some programs write the bytes of a picture without the blank that a fold takes.
    else if (last !== undefined && isBase64(head) && !isProperty(line)) whole[whole.length - 1] = last + line.trim();
    else if (line.trim() !== '') whole.push(line);
  }
  return whole;
}

function propertyOf(line: string): VcardProperty | null {
  const colon = colonOf(line);
  if (colon <= 0) return null;
  const [full = '', ...rest] = splitOutsideQuotes(line.slice(0, colon), ';');
  const dot = full.lastIndexOf('.');
  const name = full
    .slice(dot + 1)
    .trim()
    .toUpperCase();
  if (!/^[A-Z0-9-]+$/.test(name)) return null;
  const params = paramsOf(rest);
  const raw = line.slice(colon + 1);
  const encoding = params.ENCODING?.[0]?.toUpperCase();
  const isBinary = encoding === 'BASE64' || encoding === 'B' || /^data:[^,]*;base64,/i.test(raw);
  const value = encoding === 'QUOTED-PRINTABLE' ? textOf(bytesOf(raw), params.CHARSET?.[0]) : raw;
  return { name, group: full.slice(0, Math.max(0, dot)).toLowerCase(), params, value, isBinary };
}

/** The cards of a file, each with its properties. A card inside of a card (AGENT) is passed over. Total. */
export function readVcardLines(text: string): VcardLines[] {
  const cards: VcardLines[] = [];
  let lines: string[] | null = null;
  let depth = 0;
  const finish = (isOpen: boolean) => {
    const properties: VcardProperty[] = [];
    let broken = 0;
    for (const line of unfold(lines ?? [])) {
      const property = propertyOf(line);
      if (property) properties.push(property);
      else broken += 1;
    }
    const version = properties.find(({ name }) => name === 'VERSION')?.value.trim() ?? '';
    cards.push({ version, properties, broken, isOpen });
    lines = null;
    depth = 0;
  };
  for (const line of text.split(/\r\n|\n|\r/)) {
    const mark = /^\s*(?:[\w-]+\.)?(BEGIN|END)\s*:\s*VCARD\s*$/i.exec(line)?.[1]?.toUpperCase();
    if (mark === 'BEGIN') {
      // A card begins inside of one that has an AGENT; anywhere else the one before was cut off.
      if (lines !== null && !/^AGENT\b[^:]*:\s*$/i.test(lines.at(-1) ?? '')) finish(true);
      if (lines === null) lines = [];
      depth += 1;
    } else if (mark === 'END') {
      depth -= 1;
      if (lines !== null && depth <= 0) finish(false);
    } else if (lines !== null && depth === 1) lines.push(line);
  }
  if (lines !== null) finish(true);
  return cards;
}
