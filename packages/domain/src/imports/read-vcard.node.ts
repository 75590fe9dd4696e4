import { headedSheet, type Sheet, type SheetError, type SheetProblem } from './sheet.ts';
import { readVcardLines, type VcardLines, type VcardProperty } from './vcard-lines.node.ts';

/** What a property is passed over for, by name; anything else that is not read is named as it is. */
const binaryWords: Readonly<Record<string, string>> = {
  PHOTO: 'a photo',
  LOGO: 'a logo',
  SOUND: 'a sound',
  KEY: 'a key',
};
/** Says how or when the card was made; nobody misses it. */
const aboutTheCard = new Set(
  'VERSION PRODID REV PROFILE SOURCE NAME CLASS MAILER LABEL SORT-STRING CLIENTPIDMAP X-ABLABEL X-ABUID X-ABADR X-MS-OL-DEFAULT-POSTAL-ADDRESS X-ETAG X-ID X-ABSHOWAS KIND'.split(
    ' ',
  ),
);
/** Messengers that older programs have a property each for. */
const messengers: Readonly<Record<string, string>> = {
  'X-AIM': 'AIM',
  'X-MSN': 'MSN',
  'X-YAHOO': 'Yahoo',
  'X-ICQ': 'ICQ',
  'X-JABBER': 'Jabber',
  'X-GTALK': 'Google Talk',
  'X-GOOGLE-TALK': 'Google Talk',
  'X-SKYPE': 'Skype',
  'X-SKYPE-USERNAME': 'Skype',
  'X-QQ': 'QQ',
  'X-GADUGADU': 'Gadu-Gadu',
  'X-MS-IMADDRESS': 'Messenger',
  'X-TWITTER': 'Twitter',
};
const single: Readonly<Record<string, string>> = {
  NICKNAME: 'Nickname',
  TITLE: 'Job title',
  ROLE: 'Role',
  BDAY: 'Birthday',
  ANNIVERSARY: 'Anniversary',
  'X-ANNIVERSARY': 'Anniversary',
  'X-MS-ANNIVERSARY': 'Anniversary',
  'X-EVOLUTION-ANNIVERSARY': 'Anniversary',
  GENDER: 'Gender',
  LANG: 'Language',
  TZ: 'Time zone',
  NOTE: 'Note',
  UID: 'UID',
  'X-ASSISTANT': 'Assistant',
  'X-EVOLUTION-ASSISTANT': 'Assistant',
  'X-MANAGER': 'Manager',
  'X-EVOLUTION-MANAGER': 'Manager',
  'X-SPOUSE': 'Spouse',
  'X-EVOLUTION-SPOUSE': 'Spouse',
};
const nameParts = ['Last name', 'First name', 'Middle name', 'Prefix', 'Suffix'] as const;
const addressParts = ['PO box', 'street 2', 'street', 'city', 'region', 'postal code', 'country'] as const;

/** Undoes the escapes of a value. 2.1 knows no `\n`; a backslash there may be part of a path. */
const unescaped = (text: string, version: string): string =>
  (version === '2.1'
    ? text.replaceAll(/\\([;,:\\])/g, '$1')
    : text.replaceAll(/\\([nN;,:"\\])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign))
  )
    .replaceAll(/\r\n?/g, '\n')
    .trim();

/** Splits at a sign that has no backslash before it. */
function components(value: string, sign: ';' | ',', version: string): string[] {
  const parts = [''];
  for (const piece of value.match(/\\.|[^\\]|\\$/gs) ?? []) {
    if (piece === sign) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts.map((part) => unescaped(part, version));
}

/** What kind of point it is, as people say it; 'fax' wins over where it stands. */
function typeOf({ params }: VcardProperty, label: string | undefined): string {
  const types = (params.TYPE ?? []).map((type) => type.toLowerCase());
  const has = (...wanted: string[]) => wanted.some((type) => types.includes(type));
  if (has('fax')) return 'fax';
  if (has('pager')) return 'pager';
  if (has('cell', 'mobile', 'iphone', 'x-mobile')) return 'mobile';
  if (has('work', 'business', 'dom-work')) return 'work';
  if (has('home', 'personal')) return 'home';
  if (has('main')) return 'main';
  if (label !== undefined && label !== '') return 'other';
  if (has('other', 'school')) return 'other';
  return types.some((type) => !/^(?:internet|voice|pref|x400|msg|video|text|postal|parcel|dom|intl)$/.test(type))
    ? 'other'
    : '';
}

const isPreferred = ({ params }: VcardProperty): boolean =>
  (params.TYPE ?? []).some((type) => type.toLowerCase() === 'pref') || params.PREF?.[0] === '1';

/** `_$!<HomePage>!$_` is how one program writes a label that it translates. */
const labelText = (text: string): string => text.replace(/^_\$!<(.*)>!\$_$/, '$1').trim();

const phoneText = (text: string): string =>
  text
    .replace(/^tel:/i, '')
    .replace(/;ext=(\d+)/i, ' ext. $1')
    .replace(/;.*$/, '')
    .trim();

/** One card as cells by column name; `passedOver`: what of it no cell holds. */
function cellsOf({ version, properties }: VcardLines): { cells: Map<string, string>; passedOver: string[] } {
  const cells = new Map<string, string>();
  const passedOver: string[] = [];
  const labels = new Map(
    properties.flatMap(({ name, group, value }) =>
      name === 'X-ABLABEL' && group !== '' ? [[group, labelText(unescaped(value, version))] as const] : [],
    ),
  );
  const put = (column: string, value: string) => {
    if (value !== '' && !cells.has(column)) cells.set(column, value);
    return value !== '';
  };
  const join = (column: string, value: string, between: string) => {
    const before = cells.get(column);
    if (value === '' || before?.split(between).includes(value)) return;
    cells.set(column, before === undefined ? value : `${before}${between}${value}`);
  };
  const numbered = (column: string): string => {
    let name = column;
    for (let copy = 2; cells.has(name); copy++) name = `${column} ${copy}`;
    return name;
  };
  const typed = (noun: string, type: string) => (type === '' ? noun : `${noun} (${type})`);
  let addresses = 0;
  // What somebody prefers comes first of its kind.
  const ordered = properties.toSorted((a, b) => Number(isPreferred(b)) - Number(isPreferred(a)));
  for (const property of ordered) {
    const { name, group, value, isBinary } = property;
    if (aboutTheCard.has(name)) continue;
    if (isBinary || name in binaryWords) {
      passedOver.push(binaryWords[name] ?? name);
      continue;
    }
    const label = labels.get(group);
    const type = typeOf(property, label);
    const plain = unescaped(value, version);
    if (name === 'FN') put('Name', plain);
    else if (name === 'N')
      for (const [at, part] of components(value, ';', version).entries())
        put(nameParts[at] ?? 'Suffix', components(part, ',', version).join(' ').trim());
    else if (name === 'ORG') {
      const [company = '', ...units] = components(value, ';', version);
      if (put(numbered('Company'), company) || units.length > 0)
        put(numbered('Department'), units.filter((unit) => unit !== '').join(', '));
    } else if (name === 'EMAIL') join(typed('E-mail', type), plain.replace(/^mailto:/i, ''), '; ');
    else if (name === 'TEL' || name === 'X-MS-TEL')
      join(type === 'fax' ? 'Fax' : typed('Phone', type), phoneText(plain), '; ');
    else if (name === 'ADR') {
      const parts = components(value, ';', version);
      if (parts.every((part) => part === '')) continue;
      addresses += 1;
      const kind = addresses === 1 ? '' : ` ${addresses}`;
      if (type !== '') put(`Address${kind} type`, type);
      for (const [at, part] of addressParts.entries()) put(`Address${kind} ${part}`, parts[at] ?? '');
    } else if (name === 'URL') put(numbered('Website'), plain);
    else if (name === 'CATEGORIES')
      for (const tag of components(value, ',', version)) join('Tags', tag.replaceAll(';', ','), '; ');
    else if (name === 'IMPP' || name === 'X-SOCIALPROFILE' || name in messengers) {
      const service = messengers[name] ?? property.params.TYPE?.find((each) => !/^(?:pref|home|work)$/i.test(each));
      join(`Profile (${(service ?? label ?? 'other').toLowerCase()})`, plain.replace(/^x-apple:/i, ''), '; ');
    } else if (name === 'NOTE') join('Note', plain, '\n\n');
    else if (single[name] !== undefined) put(numbered(single[name]), plain);
    else if (plain !== '') passedOver.push(name);
  }
  return { cells, passedOver };
}

/** Whether a text is vCards, by its first line. */
export const isVcard = (text: string): boolean => /^\uFEFF?\s*BEGIN\s*:\s*VCARD/i.test(text);

const namedAtMost = 6;

/**
 * Reads a file of vCards (2.1, 3.0, 4.0, mixed) as a table: a card is a row, numbered from 1; what it has several of
 * stands in one cell, separated by `; `, or in columns of its own. What is no text (photos, keys) or not known is passed
 * over and said. Fails 'empty-file' | 'too-many-rows' | 'too-many-columns'.
 */
export function readVcards(
  text: string,
): { ok: true; value: Sheet; versions: string[] } | { ok: false; error: SheetError } {
  const cards = readVcardLines(text);
  const problems: SheetProblem[] = [];
  const columns = new Map<string, number>();
  const rows: string[][] = [];
  for (const [index, card] of cards.entries()) {
    const { cells, passedOver } = cellsOf(card);
    const row: string[] = [];
    for (const [column, value] of cells) {
      if (!columns.has(column)) columns.set(column, columns.size);
      row[columns.get(column) ?? 0] = value;
    }
    rows.push(row);
    const names = [...new Set(passedOver)];
    const more = names.length > namedAtMost ? ` and ${names.length - namedAtMost} more` : '';
    if (names.length > 0)
      problems.push({
        row: index + 1,
        message: `has ${names.slice(0, namedAtMost).join(', ')}${more}: not imported`,
      });
    if (card.broken > 0)
      problems.push({
        row: index + 1,
        message: `has ${card.broken} ${card.broken === 1 ? 'line' : 'lines'} that cannot be read`,
      });
    if (card.isOpen) problems.push({ row: index + 1, message: 'does not end: the file may be cut off' });
  }
  const sheet = headedSheet(
    [...columns.keys()],
    rows.map((cells, index) => ({ row: index + 1, cells })),
    problems,
  );
  return sheet.ok ? { ...sheet, versions: [...new Set(cards.map(({ version }) => version))].toSorted() } : sheet;
}
