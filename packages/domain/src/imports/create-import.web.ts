import { batch, createMemo, createSignal, onCleanup } from 'solid-js';
import { createStore, reconcile, unwrap } from 'solid-js/store';
import type { WorkspaceClient } from '../client.ts';
import type { LookRow } from './describe-import.ts';
import { importNounsFor, nounOfColumns, nounOfFile, type ImportNoun } from './import-nouns.ts';
import { suggestedKey, type Preview, type ShownImport, type WizardOptions } from './import-api.ts';
import type { ColumnTarget, FormatQuestion } from './target.ts';

const previewAfterMs = 250;
const pollMs = 1000;
/** Between two looks at a running import: it says that it went on with every commit. */
const lookAgainMs = 300;
const startOptions = (noun: ImportNoun): WizardOptions => ({
  noun,
  whenThere: 'overwrite',
  formats: {},
  aliases: {},
  edits: {},
  skip: [],
});

interface Problem {
  readonly message: string;
}

/**
 * The wizard's state: the file, what was chosen for it, what the server says to that, and the running import. Without
 * `wanted` what a row is follows from the file.
 */
export function createImport(workspace: WorkspaceClient, boardId: () => string | undefined, wanted?: ImportNoun) {
  const startNoun = wanted ?? 'deals';
  const [file, setFile] = createSignal<File | null>(null);
  const [options, setOptions] = createSignal<WizardOptions>(startOptions(startNoun));
  const [state, setState] = createStore<{ preview: Omit<Preview, 'looks'> | null; looks: readonly LookRow[] }>({
    preview: null,
    looks: [],
  });
  const [problem, setProblem] = createSignal<Problem | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const [isStarting, setStarting] = createSignal(false);
  const [running, setRunning] = createSignal<ShownImport | null>(null);
  /** Rows that were corrected or skipped here: they stay in sight, so that it can be taken back. */
  const [handled, setHandled] = createSignal<readonly LookRow[]>([]);
  /** Questions that were answered: they stay in sight, too. */
  const [asked, setAsked] = createSignal<readonly FormatQuestion[]>([]);
  let round = 0;
  /** The file's name said nothing, and nobody has chosen: its columns are asked. */
  let isNounOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort: AbortController | undefined;

  async function send(more: object): Promise<Response> {
    const chosen = file();
    if (!chosen) throw new Error('No file is chosen.');
    const form = new FormData();
    form.set('file', chosen);
    const board = options().noun === 'deals' ? boardId() : undefined;
    form.set('options', JSON.stringify({ ...(board === undefined ? {} : { board }), ...options(), ...more }));
    abort?.abort();
    abort = new AbortController();
    return fetch(`/api/v1/w/${workspace.workspaceId}/imports`, { method: 'POST', body: form, signal: abort.signal });
  }

  async function answer<T>(response: Response): Promise<T> {
    const body = (await response.json().catch(() => null)) as { error?: { message: string } } | null;
    if (response.ok && body !== null) return body as T;
    throw new Error(body?.error?.message ?? `The server answered ${response.status}.`);
  }

  const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
  const wordsOf = (error: unknown): string =>
    error instanceof TypeError
      ? 'The server cannot be reached. The file and your choices are kept; try again.'
      : error instanceof Error
        ? error.message
        : String(error);

  let latest: Promise<void> = Promise.resolve();
  function preview(isFirst: boolean): Promise<void> {
    latest = ask(isFirst);
    return latest;
  }
  /** What the server says to the newest choices: those of the last moment included. */
  async function settled(): Promise<void> {
    if (timer !== undefined) {
      clearTimeout(timer);
      timer = undefined;
      void preview(false);
    }
    await latest;
    if (timer !== undefined) await settled();
  }

  async function ask(isFirst: boolean): Promise<void> {
    const mine = ++round;
    setBusy(true);
    try {
      const found = await answer<Preview>(await send({ preview: true }));
      if (mine !== round) return;
      const noun = isNounOpen ? nounOfColumns(found.columns.map(({ column }) => column)) : null;
      isNounOpen = false;
      if (noun !== null && noun !== options().noun) return startOver(noun, options().sheet);
      batch(() => {
        // Merged in place, so that the control that somebody is in stays where it is.
        const { looks, ...rest } = found;
        setState('preview', reconcile(rest, { key: 'column' }));
        setState('looks', reconcile(looks, { key: 'row' }));
        setProblem(null);
        setAsked((before) => [
          ...before.filter(({ column }) => !found.questions.some((each) => each.column === column)),
          ...found.questions,
        ]);
      });
      const key = isFirst ? suggestedKey(found) : null;
      if (key !== null) change({ key: [...key, ...found.defaultKey] });
    } catch (error) {
      if (mine === round && !isAborted(error)) setProblem({ message: wordsOf(error) });
    } finally {
      if (mine === round) setBusy(false);
    }
  }

  function change(more: Partial<WizardOptions>): void {
    setOptions((before) => ({ ...before, ...more }));
    clearTimeout(timer);
    setBusy(true);
    timer = setTimeout(() => {
      timer = undefined;
      void preview(false);
    }, previewAfterMs);
  }

  /** Several columns may go to a list: e-mails, phones, addresses. */
  const isList = (key: string): boolean => state.preview?.fields.find((field) => field.key === key)?.isList === true;

  const mapping = (): Record<string, ColumnTarget> => ({
    ...Object.fromEntries(state.preview?.columns.map(({ column, target }) => [column, target]) ?? []),
    ...options().mapping,
  });

  async function follow(id: string): Promise<void> {
    const look = async () => setRunning(await workspace.api<ShownImport>('GET', `/imports/${id}`));
    for (;;) {
      try {
        await look();
        setProblem(null);
      } catch (error) {
        setProblem({ message: wordsOf(error) });
      }
      const status = running()?.status;
      if (isGone || (status !== 'running' && status !== 'undoing')) return;
      await new Promise<void>((resolve) => {
        let off = () => {};
        const poll = setTimeout(done, pollMs);
        const rest = setTimeout(() => (off = workspace.onChanged(['imports'], done)), lookAgainMs);
        function done() {
          off();
          clearTimeout(poll);
          clearTimeout(rest);
          resolve();
        }
      });
    }
  }
  let isGone = false;
  onCleanup(() => {
    isGone = true;
    clearTimeout(timer);
    abort?.abort();
  });

  return {
    file,
    options,
    preview: () => state.preview,
    /** Rows that cannot be read as they are. */
    looks: () => state.looks,
    problem,
    isBusy,
    running,
    asked,
    handled,
    /** Rows that would be written. */
    planned: createMemo(() => (state.preview ? state.preview.created + state.preview.updated : 0)),
    choose(chosen: File) {
      isNounOpen = wanted === undefined && nounOfFile(chosen.name) === null;
      batch(() => {
        setFile(chosen);
        setOptions(startOptions(nounFor(chosen.name)));
        setHandled([]);
        setAsked([]);
        setState('preview', null);
        setRunning(null);
        setProblem(null);
      });
      void preview(true);
    },
    leave() {
      abort?.abort();
      round++;
      batch(() => {
        setFile(null);
        setState('preview', null);
        setProblem(null);
        setBusy(false);
        setRunning(null);
      });
    },
    change,
    reset: () => startOver(options().noun, options().sheet),
    /** Other rows: of another noun, or of another sheet. What was answered for the first ones is of no use. */
    startOver,
    again: () => void preview(false),
    /** Sends a column somewhere; who had that field before is left out. */
    map(column: string, target: ColumnTarget) {
      const next = mapping();
      if (typeof target === 'string')
        for (const [other, had] of Object.entries(next)) if (had === target && !isList(target)) next[other] = null;
      next[column] = target;
      const key = options().key;
      change({ mapping: next, ...(key?.some((name) => next[name] === null) ? { key: null } : {}) });
    },
    edit(look: LookRow, column: string, text: string) {
      const edits = options().edits;
      keep(look);
      change({ edits: { ...edits, [look.row]: { ...edits[look.row], [column]: text } } });
    },
    editAll(looks: readonly LookRow[], column: string, text: string) {
      const edits = { ...options().edits };
      for (const look of looks) edits[look.row] = { ...edits[look.row], [column]: text };
      for (const look of looks) keep(look);
      change({ edits });
    },
    skip(looks: readonly LookRow[]) {
      for (const look of looks) keep(look);
      change({ skip: [...new Set([...options().skip, ...looks.map(({ row }) => row)])] });
    },
    /** Takes corrections and skipping of a row back. */
    restore(row: number) {
      const edits = { ...options().edits };
      delete edits[row];
      setHandled((before) => before.filter((look) => look.row !== row));
      change({ edits, skip: options().skip.filter((each) => each !== row) });
    },
    isStarting,
    async run() {
      setStarting(true);
      try {
        await settled();
        const found = state.preview;
        if (problem() !== null || !found || found.questions.length > 0 || found.created + found.updated === 0) return;
        const started = await answer<ShownImport>(await send({}));
        setRunning(started);
        await follow(started.id);
      } catch (error) {
        setProblem({ message: wordsOf(error) });
      } finally {
        setStarting(false);
      }
    },
    async undo(id: string): Promise<ShownImport | null> {
      setBusy(true);
      try {
        const undone = await workspace.api<ShownImport>('POST', `/imports/${id}/undo`, {});
        setProblem(null);
        if (running()?.id === id) setRunning(undone);
        return undone;
      } catch (error) {
        setProblem({ message: wordsOf(error) });
        return null;
      } finally {
        setBusy(false);
      }
    },
  };

  /** Who came from the list of members brings members, whatever the file is called. */
  function nounFor(name: string): ImportNoun {
    const { noun } = options();
    const named = nounOfFile(name);
    const mayBe = named !== null && importNounsFor(workspace.me.role).includes(named);
    return noun === 'people' || !mayBe ? noun : named;
  }

  function startOver(noun: ImportNoun, sheet: string | undefined): void {
    isNounOpen = false;
    batch(() => {
      setHandled([]);
      setAsked([]);
      setOptions({ ...startOptions(noun), ...(sheet === undefined ? {} : { sheet }) });
    });
    void preview(true);
  }

  function keep(look: LookRow): void {
    setHandled((before) => [...before.filter(({ row }) => row !== look.row), structuredClone(unwrap(look))]);
  }
}

export type ImportWizard = ReturnType<typeof createImport>;
