import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

type Area = 'schema' | 'doc' | 'sync' | 'ui' | 'domain' | 'server' | 'web';
const folders: Readonly<Record<string, Area>> = {
  'packages/schema/': 'schema',
  'packages/doc/': 'doc',
  'packages/sync/': 'sync',
  'packages/ui/': 'ui',
  'packages/domain/': 'domain',
  'apps/server/': 'server',
  'apps/web/': 'web',
};

/** Which areas an area may import from. Types of a lower edge's ports may be named where `typesOnly` says so. */
const allowed: Readonly<Record<Area, readonly Area[]>> = {
  schema: [],
  doc: ['schema'],
  sync: [],
  ui: ['schema', 'doc'],
  domain: ['schema', 'doc', 'ui'],
  server: ['schema', 'doc', 'sync', 'domain'],
  web: ['schema', 'doc', 'sync', 'ui', 'domain'],
};
const typesOnly: Readonly<Partial<Record<Area, readonly Area[]>>> = { domain: ['sync'] };

/** Packages that only one folder may know. */
const fenced: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['packages/sync/src/server/sqlite/', 'apps/server/src/'],
  ws: ['packages/sync/src/server/', 'apps/server/src/sockets/'],
  'better-auth': ['apps/server/src/control/', 'apps/server/src/account/'],
};

/** Folders of the domain that no noun owns: what nouns share, and what composes them. */
const shared = new Set([
  'access',
  'http',
  'people',
  'workspace',
  'imports',
  'reports',
  'activity',
  'search',
  'tables',
  'duplicates',
  'library',
  'inbox',
  'records',
  'boards',
  'demo',
  'fields',
  'purge',
  'views',
]);

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isType: boolean;
}

const areaOf = (path: string): Area | null =>
  Object.entries(folders).find(([folder]) => path.startsWith(folder))?.[1] ?? null;
const nounOf = (path: string): string | null => /^packages\/domain\/src\/([^/]+)\//.exec(path)?.[1] ?? null;

function importsOf(file: string, source: string): Import[] {
  const found = source.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].map(([, type, from, dynamic]) => ({
    file,
    isType: type !== undefined,
    target: from ?? dynamic ?? '',
  }));
}

/** The repository path that an import leads to, or the bare name of an outside package. */
function leadsTo({ file, target }: Import): string {
  if (target.startsWith('.')) return relative(root, resolve(root, dirname(file), target));
  const own = /^@rapport\/([^/]+)\/(.+)$/.exec(target);
  return own ? `packages/${own[1]}/src/${own[2]}` : target;
}

function violations(imports: readonly Import[]): string[] {
  return imports.flatMap((each) => {
    const path = leadsTo(each);
    const [from, to] = [areaOf(each.file), areaOf(path)];
    const isTest = /\.(test|fixture|contract)\.tsx?$|-fixture\.ts$|-contract\.ts$|\/dev\/|\/gallery\//.test(each.file);
    const problems: string[] = [];
    if (
      from &&
      to &&
      from !== to &&
      !isTest &&
      !allowed[from].includes(to) &&
      !(each.isType && typesOnly[from]?.includes(to))
    )
      problems.push(`${each.file}: ${from} must not import ${to} (${each.target})`);
    for (const [name, homes] of Object.entries(fenced))
      if (
        (path === name || path.startsWith(`${name}/`)) &&
        !isTest &&
        !homes.some((home) => each.file.startsWith(home)) &&
        !each.file.startsWith('test/')
      )
        problems.push(`${each.file}: only ${homes.join(' and ')} may know ${name}`);
    const [noun, other] = [nounOf(each.file), nounOf(path)];
    if (noun && other && noun !== other && !shared.has(other) && !shared.has(noun) && !isTest)
      problems.push(`${each.file}: the noun ${noun} must not import the noun ${other}`);
    return problems;
  });
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : sources(path);
    return /\.(ts|tsx)$/.test(entry.name) ? [path] : [];
  });
}

describe('imports point one way', () => {
  const files = [...sources('packages'), ...sources('apps')];
  const all = files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));

  test('in every source file', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(violations(all)).toEqual([]);
  });

  test('and a planted violation of each kind is caught', () => {
    const planted = [
      ...importsOf('packages/doc/src/planted.ts', `import { x } from '@rapport/ui/button';`),
      ...importsOf('packages/domain/src/deals/planted.ts', `import { makeHub } from '@rapport/sync/server/hub';`),
      ...importsOf('packages/domain/src/deals/planted.ts', `import { x } from '../companies/ops.ts';`),
      ...importsOf('packages/domain/src/deals/planted.ts', `import Database from 'better-sqlite3';`),
      ...importsOf('packages/ui/src/planted.tsx', `const x = await import('@rapport/domain/deals/ops');`),
    ];
    expect(violations(planted)).toHaveLength(5);
  });

  test('the core names neither Node nor the DOM', () => {
    const core = all.filter(({ file }) => /^packages\/(schema|doc)\/src\//.test(file) && !file.endsWith('.test.ts'));
    expect(core.length).toBeGreaterThan(5);
    expect(core.filter(({ target }) => target.startsWith('node:'))).toEqual([]);
  });
});

describe('house rules', () => {
  test('the nouns of the registry are folders of the domain', () => {
    const registry = readFileSync(join(root, 'apps/server/src/registry.ts'), 'utf8');
    const nouns = [...registry.matchAll(/@rapport\/domain\/([^/]+)\/noun\.node/g)].map(([, noun]) => noun);
    expect(nouns).toContain('deals');
    for (const noun of nouns) expect(readdirSync(join(root, 'packages/domain/src'))).toContain(noun);
  });
});
