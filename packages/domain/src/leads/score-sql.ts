import { minorDigits, oddCurrencies } from '@rapport/schema/currency';
import { columnsOf } from '@rapport/schema/columns';
import { publicDomains } from '../duplicates/public-domains.ts';
import { leadFields } from './schema.ts';

/** Weights as they are in force, a row each: derived from the board's document. */
export const scoreReadModel: readonly string[] = [
  `CREATE TABLE score_weights (board_id TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, points INTEGER NOT NULL,
    number REAL NOT NULL, field TEXT NOT NULL, op TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (board_id, id)) WITHOUT ROWID`,
];

const dayMs = 86_400_000;
const nowMs = `(unixepoch('subsec') * 1000)`;
const listSql = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(', ');
const unitsSql = (currency: string): string =>
  `CASE WHEN ${currency} IN (${listSql(oddCurrencies.filter((code) => minorDigits(code) === 0))}) THEN 1.0
    WHEN ${currency} IN (${listSql(oddCurrencies.filter((code) => minorDigits(code) === 3))}) THEN 1000.0 ELSE 100.0 END`;

/** SQL of the domain of a lead's e-mail: what stands behind its only @. */
const domainSql = (t: string): string => `lower(substr(${t}.email, instr(${t}.email, '@') + 1))`;

/** SQL of whether a lead's company is one of the workspace's: of those that the reader may see. */
export const knownCompanySql = (t: string): string =>
  `(${t}.company_name IS NOT NULL AND EXISTS (SELECT 1 FROM companies c
      WHERE c.name = ${t}.company_name COLLATE NOCASE AND c.deleted_at IS NULL AND c.merged_into IS NULL)
    OR ${t}.email IS NOT NULL AND ${domainSql(t)} NOT IN (${listSql(publicDomains)}) AND EXISTS (SELECT 1 FROM companies c
      WHERE c.domain = ${domainSql(t)} AND c.deleted_at IS NULL AND c.merged_into IS NULL))`;

/** SQL of a field's value, of money in whole units, by the key in `w.field`; the workspace's own fields are in `custom`. */
function fieldValue(t: string): string {
  const cases = Object.entries(leadFields).map(([key, spec]) => {
    const [first = '', second] = Object.keys(columnsOf(key, spec));
    const value = spec.type === 'money' ? `${t}.${first} / ${unitsSql(`${t}.${second ?? ''}`)}` : `${t}.${first}`;
    return `WHEN '${key}' THEN ${value}`;
  });
  return `CASE w.field ${cases.join(' ')} ELSE json_extract(${t}.custom, '$."' || w.field || '"') END`;
}

function fieldSql(t: string): string {
  const isOne = `EXISTS (SELECT 1 FROM json_each(CASE WHEN json_valid(f.held) AND f.held LIKE '[%' THEN f.held ELSE json_array(f.held) END) m
    WHERE lower(m.value) = lower(w.value))`;
  const isNumber = `typeof(f.raw) IN ('integer', 'real')`;
  return `(SELECT CASE
      WHEN w.op = 'set' THEN f.held <> '' AND f.held <> '[]'
      WHEN w.op = 'empty' THEN f.held = '' OR f.held = '[]'
      WHEN ${isNumber} THEN CASE w.op WHEN 'gte' THEN f.raw >= w.number WHEN 'lte' THEN f.raw <= w.number
        WHEN 'is' THEN w.value <> '' AND f.raw = w.number ELSE 0 END
      WHEN w.op = 'has' THEN w.value <> '' AND instr(f.held, lower(w.value)) > 0
      WHEN w.op = 'is' THEN w.value <> '' AND ${isOne}
      ELSE 0 END
    FROM (SELECT v.raw, lower(coalesce(v.raw, '')) AS held FROM (SELECT ${fieldValue(t)} AS raw) v) f)`;
}

const stageSinceSql = (t: string): string =>
  `(SELECT e.entered_at FROM lead_stage_entries e WHERE e.lead_id = ${t}.id ORDER BY e.seq DESC LIMIT 1)`;

/** SQL of whether the weight `w` holds for the lead `t`. Time is the moment of asking, so nothing of it is in a row. */
const metSql = (t: string): string => `CASE w.kind
    WHEN 'email' THEN ${t}.email IS NOT NULL
    WHEN 'businessMail' THEN ${t}.email IS NOT NULL AND ${domainSql(t)} NOT IN (${listSql(publicDomains)})
    WHEN 'phone' THEN ${t}.phone IS NOT NULL
    WHEN 'company' THEN ${t}.company_name IS NOT NULL
    WHEN 'matches' THEN ${knownCompanySql(t)}
    WHEN 'value' THEN ${t}.value_minor / ${unitsSql(`${t}.value_currency`)} >= w.number
    WHEN 'message' THEN length(${t}.message) >= max(1, w.number)
    WHEN 'recent' THEN ${t}.created_at >= ${nowMs} - w.number * ${dayMs}
    WHEN 'waiting' THEN ${stageSinceSql(t)} < ${nowMs} - w.number * ${dayMs}
    WHEN 'touched' THEN EXISTS (SELECT 1 FROM lead_touches l WHERE l.lead_id = ${t}.id
      AND l.what NOT IN ('created', 'imported') AND l.at >= ${nowMs} - w.number * ${dayMs})
    ELSE ${fieldSql(t)} END`;

const counted = (t: string): string =>
  `FROM score_weights w WHERE w.board_id = ${t}.board_id AND w.points <> 0 AND ${metSql(t)}`;

/** SQL of the score of the lead `t`, 0–100: what counts by its board's weights, at this moment. */
export const scoreSql = (t: string): string => `(SELECT max(0, min(100, coalesce(sum(w.points), 0))) ${counted(t)})`;

/** SQL of the weights that hold for the lead `t`, as a JSON list: what its score is made of. */
export const scoreMetSql = (t: string): string =>
  `(SELECT json_group_array(json_object('id', w.id, 'kind', w.kind, 'points', w.points, 'number', w.number,
    'field', w.field, 'op', w.op, 'value', w.value)) ${counted(t)})`;
