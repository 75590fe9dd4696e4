import type { Database } from 'better-sqlite3';
import { OperateProblem } from '../problem.ts';

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The account with this address, or an {@link OperateProblem}. */
export function accountOf(control: Database, email: string): Account {
  const hasAccounts = control.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'user'`).get() !== undefined;
  const account = hasAccounts
    ? control.prepare<[string], Account>('SELECT id, name, email FROM user WHERE lower(email) = lower(?)').get(email)
    : undefined;
  if (account === undefined) throw new OperateProblem(`Nobody here has the address ${email}.`);
  return account;
}

/** Tables of accounts that have rows of a user, and the column that says whose they are. Found, not listed: they grow. */
export const tablesOfUsers = (control: Database): { table: string; column: string }[] =>
  control
    .prepare<[], { table: string; column: string }>(
      `SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
       WHERE t.schema = 'main' AND t.type = 'table' AND c.name IN ('userId', 'user_id') AND t.name <> 'members'
       ORDER BY t.name`,
    )
    .all();

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
