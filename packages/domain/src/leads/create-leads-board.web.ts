import type { Patch } from '@rapport/doc/patch';
import { eachRecord } from '@rapport/doc/records';
import type { FieldSpec } from '@rapport/schema/fields';
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import { cardsRoot } from '../boards/board.ts';
import { readMeta } from '../boards/read.ts';
import type { WorkspaceClient } from '../client.ts';
import { createOpenDocument } from '../create-open-document.web.ts';
import type { ConditionsOf } from '../tables/conditions-context.web.ts';
import { leadFields } from './schema.ts';

/** Fields that follow from what happens to a lead: nothing is decided by them. */
const notAsked = new Set(['assignedWhy', 'closedAt', 'lostReason', 'owner', 'nextActivity']);
const mostValues = 200;

export interface LeadField {
  readonly key: string;
  readonly spec: FieldSpec;
}

/** The fields of leads that rules can ask, the workspace's own last. */
export const askedFields = (workspace: WorkspaceClient): LeadField[] =>
  Object.entries({ ...leadFields, ...workspace.customFields('lead') })
    .filter(([key]) => !notAsked.has(key))
    .map(([key, spec]) => ({ key, spec }));

/** Values that a field has on a board, each once. */
function valuesIn(doc: Parameters<typeof eachRecord>[0], key: string): string[] {
  const found = new Set<string>();
  eachRecord(doc, cardsRoot, (_id, card) => {
    const value = card.get(key);
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
      if (typeof each === 'string' && each !== '' && found.size < mostValues) found.add(each);
  });
  return [...found].sort();
}

/** A leads board's document for its screens of rules and weights. */
export function createLeadsBoard(workspace: WorkspaceClient, boardId: string) {
  const docName = `board/${boardId}`;
  const { document, doc, problem } = createOpenDocument(workspace, docName);
  const [access, setAccess] = createSignal(document.access());
  onCleanup(document.onAccess(() => setAccess(document.access())));
  const lockReason: Accessor<string | undefined> = () =>
    access() === 'write' ? undefined : 'You may look at this board, not change it.';
  const conditions: ConditionsOf = {
    workspace,
    columns: () => askedFields(workspace),
    today: () => new Date(workspace.now()).toLocaleDateString('sv'),
    usedValues: (key) => {
      const now = doc();
      return Promise.resolve(now === undefined ? [] : valuesIn(now, key));
    },
  };
  return {
    workspace,
    boardId,
    doc,
    problem,
    lockReason,
    currency: () => ((now) => (now === undefined ? 'EUR' : readMeta(now).currency))(doc()),
    conditions,
    perform(patch: Patch, text: string): void {
      if (lockReason() === undefined && patch.length > 0)
        workspace.perform(document, docName, patch, { kind: 'rule', text });
    },
  };
}

export type LeadsBoard = ReturnType<typeof createLeadsBoard>;
