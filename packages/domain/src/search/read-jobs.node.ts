import type { ReadJob } from '../http/workspace-context.node.ts';
import { findRecords, type SearchAsked, type SearchOutcome } from './find-records.ts';
import type { Searchable } from './searchable.ts';

/** Given the server's nouns; the job of that name is the same wherever it is made from the same list. */
export const makeSearchJob = (searchables: readonly Searchable[]): ReadJob<SearchAsked, SearchOutcome> => ({
  name: 'search',
  run: (rows, asked, now) => findRecords(rows, searchables, asked, now),
});
