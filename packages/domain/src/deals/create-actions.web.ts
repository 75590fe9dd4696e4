import type { Applied } from '@rapport/doc/patch';
import { planRevert } from '@rapport/doc/patch';
import { type Race, answerRace } from '@rapport/doc/race';
import type { RemoteStep } from '@rapport/doc/undo';
import type { Accessor } from 'solid-js';
import { createSignal } from 'solid-js';
import type * as Y from 'yjs';
import type { ChangeLabel, OpenDocument, WorkspaceClient } from '../client.ts';
import type { BoardStore } from './create-board.web.ts';
import { valueText } from '../fields/field-text.ts';
import { cardsText } from '../boards/card-words.ts';
import type { BoardCard, BoardCardType } from './board-card.ts';
import { specOfField } from './filter.ts';
import { createRemoteSteps, type TransferTarget } from './create-remote-steps.web.ts';
import type { Anchor, CardOps, Move, OpEnv, OpError, OpResult } from '../boards/ops.ts';
import type { StageKind } from '../boards/schema.ts';

/** A move that needs values first: what the stage requires, or why the deal was lost. */
export interface MoveQuestion {
  readonly ids: readonly string[];
  readonly stageId: string;
  readonly anchor: Anchor;
  readonly values: Readonly<Record<string, unknown>>;
  /** Field keys that are missing. */
  readonly fields: readonly string[];
  /** Set when the move goes to another pipeline. */
  readonly target?: TransferTarget;
}

export interface DealActions {
  /** A move waiting for its answer. */
  readonly question: Accessor<MoveQuestion | null>;
  answer(values: Readonly<Record<string, unknown>> | null): void;
  /** Adds a deal to the end of a stage (or as anchored); answers its id, or null when it was refused. */
  add(stageId: string, values: Readonly<Record<string, unknown>>, anchor?: Anchor): string | null;
  /** Moves deals; asks first for what the stage needs. */
  move(ids: readonly string[], stageId: string, anchor?: Anchor, values?: Readonly<Record<string, unknown>>): void;
  /** Moves to the first won or lost stage. */
  close(ids: readonly string[], kind: Exclude<StageKind, 'open'>): void;
  edit(ids: readonly string[], values: Readonly<Record<string, unknown>>): boolean;
  remove(ids: readonly string[]): void;
  answerRace(race: Race, answer: 'swap' | 'keep'): void;
  /** Moves deals to a stage of another pipeline; the server does it. Asks first for what the stage needs. */
  transfer(ids: readonly string[], target: TransferTarget, values?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Asks what cards are to become, where a win is a conversion. */
  readonly convert: (ids: readonly string[]) => void;
  /** Any other operation on the board, as one step. Answers whether it was done. */
  perform(result: OpResult, label: ChangeLabel, toast?: string): boolean;
}

/** Everything a person can do on a board, each as one step that can be undone, told in words. */
export function createActions(options: {
  workspace: WorkspaceClient;
  document: OpenDocument;
  docName: string;
  boardId: string;
  store: BoardStore;
  type: BoardCardType;
  ops: CardOps<BoardCard>;
  convert: (ids: readonly string[]) => void;
  /** The pipeline's own document, where `store` is of one of its archives: deals then move by way of the server. */
  home?: () => Y.Doc;
}): DealActions {
  const { workspace, document, docName, boardId, store, type, ops, convert, home } = options;
  const { words } = type;
  const [question, setQuestion] = createSignal<MoveQuestion | null>(null);
  const custom = () => workspace.customFields(type.noun);
  const env = (): OpEnv => ({ now: workspace.now(), random: () => workspace.random(), custom: custom() });
  const titleOf = (id: string) => store.deals.peek(id)?.title ?? 'Untitled';
  const named = (ids: readonly string[]) =>
    ids.length === 1 ? `“${titleOf(ids[0] ?? '')}”` : cardsText(words, ids.length);
  const nameOf = (memberId: string) => workspace.members().get(memberId)?.name ?? 'Somebody';
  let latest: Applied | RemoteStep | null = null;

  const refused = (error: OpError) => {
    workspace.toast({ text: error.message, tone: 'danger' });
    workspace.announce(error.message);
  };
  const done = (applied: Applied, label: ChangeLabel, toast: string | undefined) => {
    latest = applied;
    if (toast === undefined) return;
    workspace.toast({
      text: toast,
      action: {
        label: 'Undo',
        keys: 'Mod+Z',
        run: () => {
          // The toast may outlive later steps: then it takes back its own step, as a step of its own.
          if (latest === applied) void workspace.undo();
          else {
            const { patch } = planRevert(store.doc, applied, workspace.now());
            latest = workspace.perform(document, docName, patch, { ...label, text: `Took back: ${label.text}` });
          }
        },
      },
    });
  };
  const perform: DealActions['perform'] = (result, label, toast) => {
    if (document.access() !== 'write') {
      refused({ code: 'invalid-value', message: `Not saved. You may look at this ${words.board}, not change it.` });
      return false;
    }
    if (!result.ok) {
      refused(result.error);
      return false;
    }
    done(workspace.perform(document, docName, result.value, label), label, toast);
    return true;
  };

  const remote = createRemoteSteps(workspace, type, (step) => {
    latest = step;
    return () => void (latest === step ? workspace.undo() : step.back());
  });
  const plan = (move: Move): OpResult => {
    if (!home) return ops.move(store.doc, move, env());
    const deals = move.ids.map((id) => store.deals.peek(id)).filter((deal) => deal !== undefined);
    return ops.place(home(), deals, move, (deal) => store.stage(deal.stageId)?.kind ?? 'open', env());
  };

  const move: DealActions['move'] = (ids, stageId, anchor = {}, values = {}) => {
    const stage = store.stage(stageId);
    const result = plan({ ids, stageId, ...anchor, values });
    if (!result.ok && (result.error.code === 'fields-needed' || result.error.code === 'reason-needed')) {
      setQuestion({ ids, stageId, anchor, values, fields: Object.keys(result.error.fields ?? {}) });
      return;
    }
    if (!result.ok && result.error.code === 'not-by-move') {
      convert(ids);
      return;
    }
    const enters = ids.some((id) => store.deals.peek(id)?.stageId !== stageId);
    const reopens =
      stage?.kind === 'open' &&
      ids.some((id) => (store.stage(store.deals.peek(id)?.stageId ?? '')?.kind ?? 'open') !== 'open');
    const verb = reopens ? 'Reopened' : 'Moved';
    const text = enters
      ? `${verb} ${named(ids)} ${reopens ? 'in' : 'to'} ${stage?.name ?? ''}`
      : `Moved ${named(ids)} in ${stage?.name ?? ''}`;
    const label: ChangeLabel = { kind: 'move', text, ...(ids.length === 1 && ids[0] ? { record: ids[0] } : {}) };
    if (home && result.ok) void moveOutOfArchive(ids, stageId, values, text);
    else if (perform(result, label, enters ? text : undefined) && enters) workspace.announce(text);
  };
  const moveOutOfArchive = async (
    ids: readonly string[],
    stageId: string,
    values: Readonly<Record<string, unknown>>,
    text: string,
  ) => {
    for (const id of ids) {
      const deal = store.deals.peek(id);
      if (!deal) continue;
      const { closedAt, lostReason } = deal;
      const former = { stage: deal.stageId, values: { closedAt, ...(lostReason === null ? {} : { lostReason }) } };
      await remote.moveArchived(id, stageId, values, former, text);
    }
  };
  const transfer: DealActions['transfer'] = async (ids, target, values = {}) => {
    const outcome = await remote.transfer(store, boardId, ids, target, values);
    if (outcome.kind === 'needs')
      setQuestion({ ids, stageId: target.stage.id, anchor: {}, values, fields: outcome.fields, target });
  };

  return {
    question,
    perform,
    move,
    convert,
    answer(values) {
      const asked = question();
      setQuestion(null);
      if (asked?.target && values) void transfer(asked.ids, asked.target, { ...asked.values, ...values });
      else if (asked && values) move(asked.ids, asked.stageId, asked.anchor, { ...asked.values, ...values });
      else if (asked) workspace.announce('Put back. Nothing moved.');
    },
    add(stageId, values, anchor = {}) {
      const id = workspace.newId();
      const result = ops.add(
        store.doc,
        { id, stageId, values: { ...(type.isMakers ? { owner: workspace.me.id } : {}), ...values }, ...anchor },
        env(),
      );
      const title = String(values.title ?? '');
      const isDone = perform(result, { kind: 'create', text: `Added “${title}”`, record: id });
      if (isDone) workspace.announce(`Added ${title} to ${store.stage(stageId)?.name ?? ''}.`);
      return isDone ? id : null;
    },
    close(ids, kind) {
      const stage = store.stages().find((each) => each.kind === kind);
      if (stage) move(ids, stage.id);
      else
        refused({
          code: 'no-such-stage',
          message: `Not moved. This ${words.board} has no stage for ${kind === 'won' ? words.won : words.lost} ${words.many}. Add one under Stages.`,
        });
    },
    edit(ids, values) {
      const keys = Object.keys(values);
      const [key] = keys;
      const spec = key === undefined ? undefined : specOfField(type, key, custom());
      const name = keys.length === 1 && spec ? spec.label.toLowerCase() : `${keys.length} fields`;
      const shown = key === undefined || keys.length > 1 ? '' : valueText(spec, values[key] as never, nameOf);
      const to =
        keys.length === 1
          ? shown === ''
            ? ', emptied'
            : ` to ${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}`
          : '';
      const text = `Changed ${name} of ${named(ids)}${to}`;
      const label: ChangeLabel = { kind: 'edit', text, ...(ids.length === 1 && ids[0] ? { record: ids[0] } : {}) };
      return perform(ops.edit(store.doc, ids, values, env()), label, ids.length > 1 ? text : undefined);
    },
    remove(ids) {
      const text = `Deleted ${named(ids)}`;
      if (perform(ops.remove(store.doc, ids, env()), { kind: 'delete', text }, text)) workspace.announce(text);
    },
    answerRace(race, answer) {
      const spec = specOfField(type, race.field, custom());
      const text =
        answer === 'swap'
          ? `Swapped the ${spec?.label.toLowerCase() ?? 'value'} of ${named([race.record])}`
          : `Kept the ${spec?.label.toLowerCase() ?? 'value'} of ${named([race.record])}`;
      perform(
        { ok: true, value: answerRace(race, answer, workspace.now()) },
        { kind: 'edit', text, record: race.record },
      );
    },
    transfer,
  };
}
