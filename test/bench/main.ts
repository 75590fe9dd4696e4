import { parseArgs } from 'node:util';
import { duplicatesTable } from './duplicates.ts';
import { editCostTable } from './edit-cost.ts';
import { faultTable } from './faults/fault-table.ts';
import { tableOf } from './report.ts';
import { runScenario } from './run-scenario.ts';
import { burst } from './scenarios/burst.ts';
import { company } from './scenarios/company.ts';
import { fanOut500 } from './scenarios/fan-out-500.ts';
import { imports } from './scenarios/import.ts';
import { importContacts } from './scenarios/import-contacts.ts';
import { join } from './scenarios/join.ts';
import { memory } from './scenarios/memory.ts';
import { recovery } from './scenarios/recovery.ts';
import { search } from './scenarios/search.ts';
import { tables } from './scenarios/tables.ts';
import { typing } from './scenarios/typing.ts';
import { durable } from './subjects/durable.ts';
import { hocuspocus } from './subjects/hocuspocus.ts';
import { ours } from './subjects/ours.ts';
import { yWebsocket } from './subjects/y-websocket.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
    faults: { type: 'boolean', default: false },
    duplicates: { type: 'boolean', default: false },
    'edit-cost': { type: 'boolean', default: false },
    seed: { type: 'string' },
  },
});

const scenarios = [
  ...typing,
  fanOut500,
  company,
  burst,
  join,
  recovery,
  memory,
  ...imports,
  importContacts,
  search,
  tables,
];
const wanted = (name: string): boolean => values.only === undefined || values.only.some((part) => name.includes(part));
const subjects = values.alone ? [ours] : [ours, yWebsocket, hocuspocus];
const log = (line: string): void => console.error(line);

if (values.faults) {
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
  console.log(`\n${await faultTable(subjects, seed, values.only, log)}`);
  process.exit(0);
}

if (values.duplicates) {
  console.log(`\n${duplicatesTable()}`);
  process.exit(0);
}

if (values['edit-cost']) {
  console.log(`\n${await editCostTable()}`);
  process.exit(0);
}

const names = scenarios.map((scenario) => scenario.name);
if (!names.some(wanted)) {
  console.error(`--only takes a part of one of: ${names.join(', ')}`);
  process.exit(2);
}
for (const scenario of scenarios) {
  if (!wanted(scenario.name)) continue;
  const others = scenario.withYardstick === true && !values.alone ? [...subjects, durable] : subjects;
  const against = scenario.isOursAlone === true ? [ours] : others;
  console.log(`\n${tableOf(await runScenario(scenario, against, { quick: values.quick, log }))}`);
}
