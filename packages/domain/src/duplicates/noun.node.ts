import { Hono } from 'hono';
import type { Noun, WorkspaceEnv } from '../http/workspace-context.node.ts';
import type { Searchable } from '../search/searchable.ts';
import { carryOnEdits } from './carry-on.node.ts';
import type { ComparedRecords } from './compared-records.ts';
import { duplicateRoutes } from './duplicate-routes.ts';
import type { MergeParts } from './merge-records.node.ts';
import { mergedIndexes } from './merged-ids.node.ts';
import { mergeRoutes } from './merge-routes.ts';
import { makeFindAll } from './read-jobs.node.ts';
import { makeSuggester, type Suggester } from './suggestions.node.ts';

/** Duplicates of these nouns: found, warned about, and merged. It has no rows of its own; its indexes are on theirs. */
export function makeDuplicates(
  parts: {
    readonly compared: readonly ComparedRecords[];
    readonly searchables: readonly Searchable[];
  } & MergeParts,
): Noun {
  const { types, compared, searchables } = parts;
  const suggesters = new Map<string, Suggester>();
  const nouns = compared.map(({ noun }) => noun);
  return {
    name: 'duplicates',
    kinds: [],
    readModel: mergedIndexes,
    routes: (deps) =>
      new Hono<WorkspaceEnv>()
        .route('/', duplicateRoutes({ compared, searchables, suggesterOf: (id) => suggesters.get(id) }, deps))
        .route('/', mergeRoutes(parts, deps)),
    onWorkspaceOpened(workspace, deps) {
      const suggester = makeSuggester(workspace, nouns, makeFindAll(compared), deps);
      suggesters.set(workspace.id, suggester);
      const stop = carryOnEdits(workspace, types, deps);
      const stopHearing = workspace.hub.onCommit(({ entries }) => {
        if (entries.some(({ via }) => via === 'import')) suggester.lookSoon();
      });
      return () => {
        stop();
        stopHearing();
        suggester.close();
        suggesters.delete(workspace.id);
      };
    },
  };
}
