import type { ParseArgsConfig } from 'node:util';
import { backup } from './commands/backup.ts';
import { doctor } from './commands/doctor.ts';
import { exportMentions } from './commands/export-mentions.ts';
import { exportCommand } from './commands/export.ts';
import { erasePerson } from './commands/erase-person.ts';
import { accountErasure, personExport } from './commands/person.ts';
import { rebuild } from './commands/rebuild.ts';
import { restoreExport } from './commands/restore-export.ts';
import { restoreCommand } from './commands/restore.ts';

export interface CommandContext {
  readonly dataDir: string;
  readonly publicUrl: string;
  readonly now: () => number;
  /** One line for the administrator. */
  readonly say: (line: string) => void;
}

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export interface Command {
  readonly takes: string;
  readonly does: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Resolves with the exit code. */
  run(context: CommandContext, positionals: readonly string[], values: OptionValues): Promise<number>;
}

/** What `npm run rapport -- <command>` can do. */
export const commands: Readonly<Record<string, Command>> = {
  backup,
  restore: restoreCommand,
  export: exportCommand,
  'restore-export': restoreExport,
  doctor,
  rebuild,
  'export-person': personExport,
  'erase-account': accountErasure,
  'erase-person': erasePerson,
  'export-mentions': exportMentions,
};
