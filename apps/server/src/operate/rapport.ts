import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commands, type CommandContext } from './commands.ts';
import { NewerFormat } from './format.ts';
import { OperateProblem } from './problem.ts';

// The administrator's commands: `npm run rapport -- <command>`. Each ends with 0 when all is well, 1 when something
// was found or failed, 2 when it was asked wrongly or the files are of a later version.
const [name = 'help', ...rest] = process.argv.slice(2).filter((argument) => argument !== '--');

const say = (line: string) => void process.stdout.write(`${line}\n`);
const fail = (line: string, code: number): never => {
  process.stderr.write(`rapport: ${line}\n`);
  process.exit(code);
};

const usage = () =>
  [
    'npm run rapport -- <command> [options]      the data folder is DATA_DIR (./data)',
    ...Object.entries(commands).map(([each, { takes, does }]) => `  ${`${each} ${takes}`.padEnd(50)} ${does}`),
  ].join('\n');

const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  if (name !== 'help' && name !== '--help') fail(`there is no command '${name}'.\n${usage()}`, 2);
  say(usage());
  process.exit(0);
}

try {
  const { values, positionals } = readArguments();
  const context: CommandContext = {
    dataDir: resolve(process.env['DATA_DIR'] || './data'),
    publicUrl: process.env['PUBLIC_URL'] || `http://localhost:${process.env['PORT'] || '4321'}`,
    now: Date.now,
    say,
  };
  process.exitCode = await command.run(context, positionals, values);
} catch (error) {
  if (error instanceof OperateProblem) fail(error.message, 1);
  if (error instanceof NewerFormat) fail(error.message, 2);
  throw error;
}

function readArguments() {
  try {
    return parseArgs({ args: rest, options: command?.options ?? {}, allowPositionals: true, strict: true });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error), 2);
  }
}
