import Sqlite from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const firstNames = 'Ana Bo Cleo Dag Eda Finn Gro Hal Ida Jon Kim Leo Mia Nils Oda Per Rut Siv Tor Una'.split(' ');
const stages = ['lead', 'prospect', 'customer', 'former', null];
/** The file of the one workspace in a data folder. */
export const fileIn = (dataDir: string): string => {
  const folder = join(dataDir, 'workspaces');
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.sqlite')) ?? '');
};

/** Puts contacts, and a company for every twenty, straight into the read model: what is measured is the table, and the log would take minutes. */
export function fillContacts(dataDir: string, count: number): void {
  const database = new Sqlite(fileIn(dataDir));
  const company = database.prepare(
    `INSERT INTO companies (id, doc, name, industry, edited_at, edited_by) VALUES (?, ?, ?, ?, 1, '')`,
  );
  const contact = database.prepare(
    `INSERT INTO contacts (id, doc, name, first_name, last_name, job_title, email, phone, lifecycle, owner, main_company, tags,
       created_at, touched_at, edited_at, edited_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, '')`,
  );
  const id = (kind: string, at: number) => `01J${kind}${String(at * 7919).padStart(22, '0')}`;
  const companies = Math.ceil(count / 20);
  database.transaction(() => {
    for (let at = 0; at < companies; at++)
      company.run(id('A', at), `company/${id('A', at)}`, `Company ${(at * 37) % companies}`, `Trade ${at % 12}`);
    for (let at = 0; at < count; at++) {
      const [first, last] = [firstNames[at % 20] ?? 'Ana', `Family${(at * 7919) % count}`];
      const email = `${first}.${last}@team${at % companies}.example`.toLowerCase();
      const day = 1_700_000_000_000 + ((at * 7919) % 700) * 86_400_000;
      const of = id('A', at % companies);
      const tags = at % 5 === 0 ? '["key"]' : null;
      const named = [id('C', at), `contact/${id('C', at)}`, `${first} ${last}`, first, last, `Role ${at % 40}`, email];
      const more = [`+45 ${at}`, stages[at % 5] ?? null, `member-${at % 30}`, of, tags, day, day + (at % 9)];
      contact.run(...named, ...more);
    }
  })();
  database.close();
}
