import { type Accessor, createMemo } from 'solid-js';
import type * as Y from 'yjs';
import type { WorkspaceClient } from '../client.ts';
import { createRootValue } from '../create-root-value.web.ts';
import { createScoreFacts } from './create-score-facts.web.ts';
import type { Lead } from './lead.ts';
import { fieldLabels, memberNames } from './names-in.web.ts';
import { holds, scoreOfMet, type Score } from './score.ts';
import { valuesOfLead } from './values-of-lead.ts';
import { weightsOf, weightsRoot } from './weights.ts';

/** The scores of the leads on one board: live, and without a connection by what was known. */
export function createLeadScores(board: {
  readonly workspace: WorkspaceClient;
  readonly boardId: string;
  readonly doc: Accessor<Y.Doc>;
}): Accessor<(lead: Lead) => Score> {
  const { workspace } = board;
  const facts = createScoreFacts(workspace, board.boardId);
  const weights = createRootValue(board.doc, weightsRoot, weightsOf);
  return createMemo(() => {
    const [known, counted] = [facts(), weights() ?? []];
    const [labelOf, nameOf] = [fieldLabels(workspace), memberNames(workspace)];
    return (lead: Lead) => {
      const [values, of] = [valuesOfLead(lead), known(lead.id)];
      return scoreOfMet(
        counted.filter((weight) => weight.points !== 0 && holds(weight, values, of)),
        labelOf,
        nameOf,
      );
    };
  });
}
