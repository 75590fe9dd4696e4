/** A stretch of work on a note: the note at its end is a version. */
export interface VersionPoint {
  /** Number of the last log entry that belongs to it. */
  readonly seq: number;
  /** When it began and ended, epoch ms. */
  readonly from: number;
  readonly at: number;
  /** Member ids, who began first. */
  readonly authors: readonly string[];
  /** How many edits were saved in it. */
  readonly changes: number;
}

const minuteMs = 60_000;
/** Work ends with a pause of this length, */
export const pauseMs = 10 * minuteMs;
/** sooner when somebody else goes on, */
const handOverMs = minuteMs;
/** and at every full hour, so that a day's work is not one version. */
export const longestMs = 60 * minuteMs;

interface Row {
  readonly seq: number;
  readonly began: number;
  readonly ended: number;
  readonly changes: number;
  readonly authors: string | null;
}

interface Rows {
  all<R>(sql: string, params: readonly (string | number)[]): R[];
}

/**
 * The versions of a document that nobody had to name, newest first, from who wrote when. The product's own edits belong
 * to the stretch in which they came.
 */
export function versionPoints(rows: Rows, doc: string, limit: number): VersionPoint[] {
  return rows
    .all<Row>(
      `WITH entries AS (
         SELECT seq, at, actor, at - lag(at) OVER w AS gap, at / ${longestMs} > lag(at) OVER w / ${longestMs} AS is_next_hour,
           actor <> 'server' AND actor IS NOT lag(actor) OVER w AS is_other
         FROM sync_log WHERE doc = ? WINDOW w AS (ORDER BY seq)),
       stretches AS (
         SELECT seq, at, actor, sum(coalesce(gap >= ${pauseMs} OR (gap >= ${handOverMs} AND is_other) OR is_next_hour, 1)) OVER (ORDER BY seq) AS stretch
         FROM entries)
       SELECT max(seq) AS seq, min(at) AS began, max(at) AS ended, count(*) AS changes,
         group_concat(DISTINCT CASE WHEN actor <> 'server' THEN actor END) AS authors
       FROM stretches GROUP BY stretch ORDER BY seq DESC LIMIT ?`,
      [doc, limit],
    )
    .map(({ seq, began, ended, changes, authors }) => ({
      seq,
      from: began,
      at: ended,
      changes,
      authors: authors === null ? [] : authors.split(','),
    }));
}
