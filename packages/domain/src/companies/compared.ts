import type { ComparedRecords } from '../duplicates/compared-records.ts';
import { comparedPoints, isHereSql } from '../records/found-by-points.ts';

/** By what two companies are found to be one. */
export const comparedCompanies: ComparedRecords = {
  noun: 'company',
  table: 'companies',
  title: 'name',
  columns: { names: ['name'], sites: ['website', 'domain'], codes: ['external_id'] },
  texts: comparedPoints('company'),
  isCompared: isHereSql,
};
