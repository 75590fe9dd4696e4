import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// Keeps tokens.css honest: every text/ground pair of the design passes WCAG 2.2 AA in both themes.
const css = readFileSync(new URL('../../packages/ui/src/tokens.css', import.meta.url), 'utf8');
const attrDark = /\[data-theme="dark"\] \{([^}]*)\}/.exec(css)?.[1] ?? '';
const mediaDark = /:root:not\(\[data-theme="light"\]\) \{([^}]*)\}/.exec(css)?.[1] ?? '';

type Theme = Record<string, string>;
const tokensIn = (text: string): Theme =>
  Object.fromEntries(
    [...text.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name ?? '', (value ?? '').trim()]),
  );
const light = tokensIn(css.slice(0, css.indexOf('[data-density')));
const themes: Record<string, Theme> = { light, dark: { ...light, ...tokensIn(attrDark) } };

/** Relative luminance of an oklch() token. Source: Ottosson's Oklab matrices, WCAG 2.2 definition. */
function luminance(token: string, theme: Theme): number {
  let value = theme[token] ?? '';
  while (value.startsWith('var(')) value = theme[value.slice(4, -1)] ?? '';
  const match = /oklch\(([\d.]+) ([\d.]+) ?([\d.]*)/.exec(value);
  if (match === null) throw new Error(`${token} is not an oklch() colour: “${value}”`);
  const [L = 0, C = 0, h = 0] = match.slice(1).map(Number);
  const a = C * Math.cos((h * Math.PI) / 180);
  const b = C * Math.sin((h * Math.PI) / 180);
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (x: number) => Math.min(1, Math.max(0, x));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, theme: Theme): number {
  const [dim = 0, bright = 0] = [luminance(one, theme), luminance(other, theme)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

type Pair = [text: string, ground: string, least: number];
const grounds = ['app', 'page', 'lane', 'surface', 'raised'].map((name) => `--bg-${name}`);
const pairs: Pair[] = [
  ['--text-inverse', '--bg-inverse', 4.5],
  ['--text-inverse-2', '--bg-inverse', 4.5],
  ['--on-accent', '--accent', 4.5],
  ['--on-accent', '--accent-hover', 4.5],
  ['--accent', '--bg-page', 3],
  ['--line-control', '--bg-surface', 3],
];
for (const text of ['--text', '--text-2', '--text-3'])
  for (const ground of [...grounds, '--danger-soft', '--warning-soft', '--accent-soft'])
    pairs.push([text, ground, 4.5]);
for (const ground of ['--bg-page', '--bg-lane', '--accent-soft', '--accent-soft-2', '--bg-surface', '--bg-raised'])
  pairs.push(['--accent-text', ground, 4.5]);
for (const state of ['success', 'warning', 'danger', 'info']) {
  for (const ground of ['--bg-surface', '--bg-lane', `--${state}-soft`]) pairs.push([`--${state}-text`, ground, 4.5]);
  // Warning's solid is a mark beside text, never text or a lone shape.
  if (state !== 'warning') pairs.push(['--on-semantic', `--${state}`, 4.5], [`--${state}`, '--bg-surface', 3]);
}
for (let n = 1; n <= 12; n++) {
  const solid = `--person-${n}`;
  pairs.push(['--on-person', solid, 4.5], [`${solid}-ink`, `${solid}-soft`, 4.5], [`${solid}-ink`, '--bg-page', 4.5]);
  pairs.push(
    [solid, '--bg-lane', 3],
    ['--text', `${solid}-soft`, 7],
    ['--text-2', `${solid}-soft`, 4.5],
    ['--text-3', `${solid}-soft`, 4.5],
  );
}

describe('tokens', () => {
  it.each(Object.entries(themes))('%s: every pair passes AA', (_, theme) => {
    const failed = pairs
      .map(([text, ground, least]) => ({ text, ground, least, got: contrast(text, ground, theme) }))
      .filter(({ got, least }) => got < least);
    expect(failed).toEqual([]);
  });

  it('writes the same dark theme for the attribute and for the system setting', () => {
    const lines = (text: string) =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    expect(lines(attrDark).length).toBeGreaterThan(60);
    expect(lines(mediaDark)).toEqual(lines(attrDark));
  });
});
