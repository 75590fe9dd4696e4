/** Tables of records that can be merged. */
const mergeable = ['companies', 'contacts'] as const;
export type Mergeable = (typeof mergeable)[number];

/** Nobody merges as often as that; it ends what somebody wrote into a circle. */
const longestWay = 20;

/**
 * SQL of the record that an id in a column leads to, through merges. What names no merged record (or none that the reader
 * may see) stands as it is: almost all do, and cost one look into the few that were merged.
 */
export const survivorSql = (column: string, table: Mergeable): string =>
  `CASE WHEN ${column} IN (SELECT gone.id FROM ${table} gone WHERE gone.merged_into IS NOT NULL)
    THEN (WITH RECURSIVE way (id, steps) AS (SELECT gone.merged_into, 1 FROM ${table} gone WHERE gone.id = ${column}
        UNION ALL SELECT gone.merged_into, way.steps + 1 FROM way JOIN ${table} gone ON gone.id = way.id
          WHERE gone.merged_into IS NOT NULL AND way.steps < ${longestWay})
      SELECT way.id FROM way ORDER BY way.steps DESC LIMIT 1)
    ELSE ${column} END`;

/** The same of a column that may name a record of either kind. */
export const anySurvivorSql = (column: string): string =>
  mergeable.reduce((sql, table) => `(${survivorSql(sql, table)})`, column);

const steps = mergeable.flatMap((table) => [
  `SELECT gone.id FROM same JOIN ${table} gone ON gone.merged_into = same.id WHERE gone.merged_into IS NOT NULL`,
  `SELECT gone.merged_into FROM same JOIN ${table} gone ON gone.id = same.id WHERE gone.merged_into IS NOT NULL`,
]);

/** SQL, for IN, of the ids of what is one record with the id that is its one parameter: that itself and all merged with it. */
export const sameRecordSql = `(WITH RECURSIVE same (id) AS (SELECT ? UNION ${steps.join(' UNION ')})
  SELECT id FROM same LIMIT 1000)`;
