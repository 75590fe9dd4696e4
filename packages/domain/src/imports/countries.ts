import { nameKey } from './name-key.ts';

const languages = ['en', 'de'] as const;
let names: ReadonlySet<string> | null = null;

/** Names and two-letter codes of countries, English and German, as they are compared. Made when first asked for. */
function countryNames(): ReadonlySet<string> {
  if (names) return names;
  const found = new Set([
    'usa',
    'us',
    'uk',
    'greatbritain',
    'england',
    'scotland',
    'wales',
    'holland',
    'korea',
    'russia',
  ]);
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const language of languages) {
    const words = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
      const name = words.of(code);
      if (name === undefined) continue;
      found.add(nameKey(name));
      found.add(code.toLowerCase());
    }
  }
  names = found;
  return found;
}

/** Whether most of some values name countries; a slip of the pen in one of them does not matter. */
export function areCountries(values: readonly string[]): boolean {
  if (values.length === 0) return false;
  const known = countryNames();
  return values.filter((value) => known.has(nameKey(value))).length / values.length >= 0.6;
}
