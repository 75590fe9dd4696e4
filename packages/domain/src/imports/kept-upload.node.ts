import { readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '../people/roles.ts';
import type { FileAbout } from './file-reading.ts';
import type { ImportOptions } from './options.ts';
import type { ImportFields } from './target.ts';

/** What it takes, beside the file, to go on with an import after the server stopped. */
export interface KeptAbout {
  readonly name: string;
  /** As understood when it began: what was suggested then is said by now. */
  readonly options: ImportOptions;
  /** Columns that became fields: as `mapping` has them once the field exists. */
  readonly makes: Readonly<Record<string, string>>;
  readonly board: string;
  /** What the request might do; of a key perhaps less than its member may. */
  readonly role: Role;
}

/**
 * Files of imports that run, in a folder beside the workspaces' own: gone when the import has ended. They are no team
 * data, only what somebody is sending, so backups leave them out.
 */
export interface KeptUploads {
  /** Durable when it resolves. Says nothing of the import yet: without {@link KeptUploads.describe} it is not found. */
  keep(workspaceId: string, importId: string, bytes: Uint8Array): Promise<void>;
  describe(workspaceId: string, importId: string, about: KeptAbout): Promise<void>;
  /** Null where nothing (whole) was kept. */
  find(workspaceId: string, importId: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; about: KeptAbout } | null>;
  drop(workspaceId: string, importId: string): Promise<void>;
  /** Drops what belongs to none of these: the server stopped before the import began. */
  dropOthers(workspaceId: string, importIds: readonly string[]): Promise<void>;
  /** Workspaces whose imports a stop cut off: whoever starts the server opens them. */
  workspaces(): string[];
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export function makeKeptUploads(folder: string): KeptUploads {
  const path = (workspaceId: string, importId: string, kind: 'file' | 'json') =>
    join(folder, workspaceId, `${importId}.${kind}`);
  // Customers' data: for the owner of the process only.
  const write = (to: string, content: Uint8Array | string) => writeFile(to, content, { mode: 0o600, flush: true });
  return {
    async keep(workspaceId, importId, bytes) {
      await mkdir(join(folder, workspaceId), { recursive: true, mode: 0o700 });
      await write(path(workspaceId, importId, 'file'), bytes);
    },
    async describe(workspaceId, importId, about) {
      const to = path(workspaceId, importId, 'json');
      await write(`${to}.new`, JSON.stringify(about));
      await rename(`${to}.new`, to);
    },
    async find(workspaceId, importId) {
      try {
        const about = JSON.parse(await readFile(path(workspaceId, importId, 'json'), 'utf8')) as KeptAbout;
        const bytes = await readFile(path(workspaceId, importId, 'file'));
        return { bytes: new Uint8Array(bytes), about };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    workspaces: () => namesIn(folder).filter((id) => namesIn(join(folder, id)).some((name) => name.endsWith('.json'))),
    async drop(workspaceId, importId) {
      // What it is called by goes first: a file that nothing describes is nobody's.
      for (const kind of ['json', 'file'] as const) await rm(path(workspaceId, importId, kind), { force: true });
    },
    async dropOthers(workspaceId, importIds) {
      // At once, before anybody can send another.
      for (const name of namesIn(join(folder, workspaceId)))
        if (!importIds.includes(name.split('.')[0] ?? '')) await rm(join(folder, workspaceId, name), { force: true });
    },
  };
}

/** The options with all that was understood of the file, so that reading it again gives the same rows. */
export function settledOptions(
  options: ImportOptions,
  { columns, makes }: FileAbout,
): Pick<KeptAbout, 'options' | 'makes'> {
  const mapping = Object.fromEntries(
    columns.map(({ column, key }) => {
      const made = makes.find((make) => make.column === column);
      return [column, made === undefined ? key : { make: made.type, label: made.label }];
    }),
  );
  return { options: { ...options, mapping }, makes: Object.fromEntries(makes.map(({ column, key }) => [column, key])) };
}

/** The same once some of the fields that the import makes are there. */
export const withMade = (about: Pick<KeptAbout, 'options' | 'makes'>, fields: ImportFields): ImportOptions => ({
  ...about.options,
  mapping: {
    ...about.options.mapping,
    ...Object.fromEntries(Object.entries(about.makes).filter(([, key]) => Object.hasOwn(fields, key))),
  },
});
