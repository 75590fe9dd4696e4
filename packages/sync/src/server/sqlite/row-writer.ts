import type { Database, Statement } from 'better-sqlite3';
import type { RowClaim, RowWrite, SqlValue } from '../ports.ts';

/** Writes of one table with these keys and columns, in this order. */
interface Shape {
  readonly statement: Statement;
  readonly key: readonly string[];
  /** Null: rows are deleted. */
  readonly row: readonly string[] | null;
  /** Columns of the row that its key does not say already. */
  readonly rest: readonly string[];
  readonly claim: RowClaim | undefined;
  /** How often the key's values stand at the end of the statement once more. */
  readonly keysAfter: number;
}

interface Column {
  readonly name: string;
  readonly dflt_value: string | null;
  readonly pk: number;
  readonly hidden: number;
}

/**
 * Writes read-model rows. Names of tables and columns are checked against the schema of the file, so nothing from a
 * document can become SQL; each shape of write is prepared once.
 */
export function makeRowWriter(database: Database): (write: RowWrite) => void {
  const shapes = new Map<string, Shape[]>();
  const tables = new Map<string, readonly Column[]>();

  const columnsOf = (table: string): readonly Column[] => {
    let columns = tables.get(table);
    if (columns === undefined) {
      columns = database
        .prepare<[string], Column>('SELECT name, dflt_value, pk, hidden FROM pragma_table_xinfo(?)')
        .all(table);
      if (columns.length === 0) throw new Error(`no such table: ${table}`);
      tables.set(table, columns);
    }
    return columns;
  };

  const checkColumns = (table: string, names: readonly string[]): void => {
    for (const name of names) {
      if (!columnsOf(table).some((column) => column.name === name)) throw new Error(`no such column: ${table}.${name}`);
    }
  };

  const prepare = ({ claim, ...write }: RowWrite): Shape => {
    const known = columnsOf(write.table);
    const key = Object.keys(write.key);
    const row = write.row === null ? [] : Object.keys(write.row);
    const rest = row.filter((name) => !(name in write.key));
    checkColumns(write.table, [...key, ...row]);
    const table = quoted(write.table);
    if (key.length === 0) throw new Error(`a write to ${write.table} without a key`);
    if (claim !== undefined && !(claim.owner in (write.row ?? write.key)))
      throw new Error(`a claim to a row of ${write.table} that does not say whose`);
    if (write.row === null) {
      const sql = `DELETE FROM ${table} WHERE ${isKey(key)}`;
      return { statement: database.prepare(sql), key, row: null, rest, claim, keysAfter: 0 };
    }
    const columns = [...key, ...rest];
    // A column that the write leaves out goes back to its default: the row is replaced, not patched.
    const left = known.filter((column) => column.pk === 0 && column.hidden === 0 && !columns.includes(column.name));
    const sets = [
      ...rest.map((name) => `${quoted(name)} = excluded.${quoted(name)}`),
      ...left.map((column) => `${quoted(column.name)} = ${column.dflt_value ?? 'NULL'}`),
    ];
    const elsewhere = claim?.unless ?? [];
    for (const other of elsewhere) checkColumns(other, key);
    const free = elsewhere.map((other) => `NOT EXISTS (SELECT 1 FROM ${quoted(other)} WHERE ${isKey(key)})`);
    const owner = claim === undefined ? '' : `${table}.${quoted(claim.owner)} IS`;
    const values = columns.map(() => '?').join(', ');
    const sql =
      `INSERT INTO ${table} (${columns.map(quoted).join(', ')}) ` +
      (free.length === 0 ? `VALUES (${values}) ` : `SELECT ${values} WHERE ${free.join(' AND ')} `) +
      `ON CONFLICT (${key.map(quoted).join(', ')}) DO ${sets.length > 0 ? `UPDATE SET ${sets.join(', ')}` : 'NOTHING'}` +
      (claim === undefined ? '' : ` WHERE ${owner} excluded.${quoted(claim.owner)}`) +
      (claim?.takesFrom === undefined ? '' : ` OR ${owner} ?`);
    return { statement: database.prepare(sql), key, row, rest, claim, keysAfter: elsewhere.length };
  };

  const patches = new Map<string, Statement>();

  /** Writes only the columns that differ, where the row is as it was believed to be. Answers whether it was. */
  const patch = ({ table, key, row, was }: RowWrite): boolean => {
    if (row === null || was === undefined) return false;
    const changed: string[] = [];
    const kept: string[] = [];
    for (const name of Object.keys(row)) (row[name] === was[name] ? kept : changed).push(name);
    if (changed.length === 0) return false;
    const keys = Object.keys(key);
    const id = `${table}|${keys.join(',')}|${changed.join(',')}|${kept.join(',')}`;
    let statement = patches.get(id);
    if (statement === undefined) {
      checkColumns(table, [...keys, ...changed, ...kept]);
      const where = [
        ...keys.map((name) => `${quoted(name)} = ?`),
        ...[...changed, ...kept].map((name) => `${quoted(name)} IS ?`),
      ];
      statement = database.prepare(
        `UPDATE ${quoted(table)} SET ${changed.map((name) => `${quoted(name)} = ?`).join(', ')} WHERE ${where.join(' AND ')}`,
      );
      // What changes together is a few combinations; many at once come from a program, and are not worth keeping.
      if (patches.size >= mostPatches) patches.clear();
      patches.set(id, statement);
    }
    const values: SqlValue[] = [];
    for (const name of changed) values.push(row[name] ?? null);
    for (const name of keys) values.push(key[name] ?? null);
    for (const name of changed) values.push(was[name] ?? null);
    for (const name of kept) values.push(was[name] ?? null);
    return statement.run(values).changes === 1;
  };

  const steps = new Map<string, Statement>();

  /** Writes the columns that a projector names, where they and the row's owner are as it believes. Answers whether they were. */
  const takeStep = ({ table, key, row, was, step }: RowWrite): boolean => {
    if (row === null || was === undefined || step === undefined || step.columns.length === 0) return false;
    const { columns, owner } = step;
    const keys = Object.keys(key);
    const id = `${table}|${keys.join(',')}|${owner}|${columns.join(',')}`;
    let statement = steps.get(id);
    if (statement === undefined) {
      checkColumns(table, [...keys, owner, ...columns]);
      const where = [...keys, owner, ...columns].map((name) => `${quoted(name)} IS ?`);
      const sets = columns.map((name) => `${quoted(name)} = ?`);
      statement = database.prepare(`UPDATE ${quoted(table)} SET ${sets.join(', ')} WHERE ${where.join(' AND ')}`);
      if (steps.size >= mostPatches) steps.clear();
      steps.set(id, statement);
    }
    const values: SqlValue[] = [];
    for (const name of columns) values.push(row[name] ?? null);
    for (const name of keys) values.push(key[name] ?? null);
    values.push(was[owner] ?? null);
    for (const name of columns) values.push(was[name] ?? null);
    return statement.run(values).changes === 1;
  };

  /** Answers whether there was anything to do. */
  const put = (write: RowWrite): boolean => {
    const key = Object.keys(write.key);
    const row = write.row === null ? null : Object.keys(write.row);
    let ofTable = shapes.get(write.table);
    if (ofTable === undefined) shapes.set(write.table, (ofTable = []));
    let shape = ofTable.find(
      (each) => sameNames(each.key, key) && sameNames(each.row, row) && isAlike(each.claim, write.claim),
    );
    if (shape === undefined) {
      shape = prepare(write);
      if (ofTable.length >= mostPatches) ofTable.length = 0;
      ofTable.push(shape);
    }
    const keys = Object.values(write.key);
    const values: SqlValue[] = [...keys];
    if (write.row !== null) {
      if (shape.rest.length === shape.row?.length) values.push(...Object.values(write.row));
      else for (const name of shape.rest) values.push(write.row[name] ?? null);
    }
    for (let i = 0; i < shape.keysAfter; i++) values.push(...keys);
    if (write.row !== null && write.claim?.takesFrom !== undefined) values.push(write.claim.takesFrom);
    // Drivers take no undefined.
    for (let i = 0; i < values.length; i++) values[i] ??= null;
    return shape.statement.run(values).changes > 0;
  };

  const refused = new WeakSet<RowClaim>();

  return (write) => {
    const { claim, under } = write;
    if (under !== undefined && refused.has(under)) return;
    // Who finds the row as it was, its owner included, need not ask whose it is.
    if (takeStep(write) || patch(write)) return;
    const isMade = put(write);
    if (claim === undefined) return;
    if (!isMade) refused.add(claim);
    if (claim.refusal !== undefined) put(isMade ? { ...claim.refusal, row: null } : claim.refusal);
  };
}

const mostPatches = 200;

function sameNames(a: readonly string[] | null, b: readonly string[] | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether claims come to the same statement. */
function isAlike(a: RowClaim | undefined, b: RowClaim | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const isTaken = (a.takesFrom === undefined) === (b.takesFrom === undefined);
  return a.owner === b.owner && isTaken && sameNames(a.unless ?? null, b.unless ?? null);
}

const isKey = (key: readonly string[]): string => key.map((name) => `${quoted(name)} IS ?`).join(' AND ');

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
