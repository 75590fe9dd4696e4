import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { builtWeb } from '../browser/web-build.ts';

/** Gzipped JavaScript that a browser fetches before it can draw a board, in bytes. */
const boardBudgetBytes = 145_000;

/** Chunks by name, each with what it imports at once and what it imports when it is asked for. */
function chunksOf(assets: string) {
  const names = readdirSync(assets).filter((name) => name.endsWith('.js'));
  return new Map(
    names.map((name) => {
      const source = readFileSync(join(assets, name));
      const text = source.toString();
      const named = (pattern: RegExp) =>
        [...text.matchAll(pattern)].map(([, file]) => file ?? '').filter((file) => names.includes(file));
      return [
        name,
        {
          bytes: gzipSync(source).length,
          atOnce: named(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g),
          later: named(/import\(\s*["'`]\.\/([\w.-]+\.js)["'`]\s*\)/g),
        },
      ] as const;
    }),
  );
}

it('the board’s page needs no more JavaScript than its budget', { timeout: 120_000 }, async () => {
  const web = await builtWeb();
  const html = readFileSync(join(web, 'index.html'), 'utf8');
  const first = [...html.matchAll(/(?:src|href)="\/assets\/([\w.-]+\.js)"/g)].map(([, name]) => name ?? '');
  const chunks = chunksOf(join(web, 'assets'));
  const closure = (names: Iterable<string>): Set<string> => {
    const all = new Set<string>();
    const follow = (name: string) => {
      if (all.has(name)) return;
      all.add(name);
      for (const next of chunks.get(name)?.atOnce ?? []) follow(next);
    };
    for (const name of names) follow(name);
    return all;
  };
  // The shortest way of lazy imports from the entry to the board's screen: what the route loads on its way.
  const isBoard = (name: string) => name.startsWith('deal-board-screen-');
  let ways: (readonly string[])[] = [first];
  const seen = new Set(first);
  let way: readonly string[] | undefined;
  while (way === undefined && ways.length > 0) {
    way = ways.find((each) => [...closure(each)].some(isBoard));
    ways = ways.flatMap((each) =>
      [...closure(each)]
        .flatMap((name) => chunks.get(name)?.later ?? [])
        .filter((name) => !seen.has(name) && seen.add(name))
        .map((name) => [...each, name]),
    );
  }
  const needed = [...closure(way ?? [])].filter((name) => chunks.has(name));
  // Two of that name where another page shares the screen: one of them only leads to it.
  expect(needed.filter(isBoard).length).toBeGreaterThan(0);
  const sizes = needed.map((name) => [name, chunks.get(name)?.bytes ?? 0] as const).sort((a, b) => b[1] - a[1]);
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  const list = sizes.map(([name, bytes]) => `${(bytes / 1000).toFixed(1)} kB ${name}`).join('\n');
  expect(total, `${(total / 1000).toFixed(1)} kB in ${sizes.length} files:\n${list}`).toBeLessThanOrEqual(
    boardBudgetBytes,
  );
});
