import './duplicates.css';
import { Banner } from '@rapport/ui/banner';
import { Button } from '@rapport/ui/button';
import { ShellTop } from '@rapport/ui/shell-slots';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { For, Show, createEffect, createMemo, createSignal, createUniqueId, on } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { nounWords, type DuplicateNoun, type MergeField, type MergePreview, type MergeSide } from './duplicate-api.ts';
import { mergeAsStep } from './merge-step.web.ts';
import { valueText } from './value-text.ts';

/** Records side by side, field by field: which one stays, and of which each value is taken. */
export function MergeScreen(props: {
  workspace: WorkspaceClient;
  noun: DuplicateNoun;
  ids: readonly string[];
  /** Called when it is done, with the record that is left. */
  onMerged: (id: string) => void;
  onCancel: () => void;
}) {
  const [preview, setPreview] = createSignal<MergePreview>();
  const [problem, setProblem] = createSignal<string>();
  const [into, setInto] = createSignal<string>();
  const [choices, setChoices] = createSignal<Readonly<Record<string, string>>>({});
  const [isBusy, setBusy] = createSignal(false);
  const words = () => nounWords[props.noun];
  const say = (error: unknown) => setProblem(error instanceof Error ? error.message : String(error));
  createEffect(
    on(
      () => [props.noun, props.ids.join(',')] as const,
      ([noun, ids]) => {
        setPreview(undefined);
        props.workspace
          .api<MergePreview>('GET', `/merges/preview?noun=${noun}&ids=${encodeURIComponent(ids)}`)
          .then((found) => {
            setPreview(found);
            setInto(fullest(found.records));
            setChoices({});
          }, say);
      },
    ),
  );
  const records = () => preview()?.records ?? [];
  const survivor = () => records().find(({ id }) => id === into());
  const textOf = (field: MergeField, side: MergeSide) =>
    valueText(field.type, side.values[field.key], props.workspace.members());
  /** Fields in which there is something to choose, first those that differ. */
  const rows = createMemo(() =>
    (preview()?.fields ?? [])
      .map((field) => ({ field, texts: records().map((side) => textOf(field, side)) }))
      .filter(({ texts }) => texts.some((text) => text !== ''))
      .map((row) => ({ ...row, differs: new Set(row.texts.filter((text) => text !== '')).size > 1 }))
      .sort((a, b) => Number(b.differs) - Number(a.differs)),
  );
  /** Of which record a field is taken as things stand: the chosen one's, the survivor's, else the first there is. */
  const takenFrom = (field: MergeField): string | undefined => {
    const chosen = choices()[field.key];
    if (chosen !== undefined) return chosen;
    const [own, ...others] = [survivor(), ...records()];
    return [own, ...others].find((side) => side !== undefined && textOf(field, side) !== '')?.id;
  };
  const merge = async () => {
    const stays = survivor();
    if (stays === undefined || records().length < 2) return;
    setBusy(true);
    setProblem(undefined);
    const ids = records().flatMap(({ id }) => (id === stays.id ? [] : [id]));
    try {
      props.onMerged(
        await mergeAsStep(props.workspace, {
          noun: props.noun,
          into: stays.id,
          title: stays.title,
          ids,
          fields: choices(),
        }),
      );
    } catch (error) {
      say(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <header class="top">
        <h1>Merge {words().many}</h1>
        <span class="grow" />
        <ShellTop />
      </header>
      <div class="dup-page" tabindex="-1">
        <Show when={problem()}>{(text) => <Banner tone="danger">{text()}</Banner>}</Show>
        <Show when={preview()} fallback={<Show when={problem() === undefined}>{<SkeletonRows count={8} />}</Show>}>
          <Show
            when={records().length > 1}
            fallback={
              <p class="dup-note">
                These are one {words().one} already: “{records()[0]?.title}”.
              </p>
            }
          >
            <p class="dup-note t2">
              Choose which {words().one} stays and whose values count. E-mails, phones, addresses, links, deals and the
              timeline of all come along, and the others lead to it. You can undo it.
            </p>
            <div class="dup-scroll" tabindex="0" role="region" aria-label="Side by side">
              <table class="dup-table">
                <thead>
                  <tr>
                    <th scope="col">
                      <span class="sr">Field</span>
                    </th>
                    <For each={records()}>
                      {(side) => (
                        <Side
                          side={side}
                          stays={side.id === into()}
                          group={props.noun}
                          onStay={() => setInto(side.id)}
                        />
                      )}
                    </For>
                  </tr>
                </thead>
                <tbody>
                  <For each={rows()}>
                    {({ field, texts, differs }) => (
                      <tr class={differs ? 'differs' : ''}>
                        <th scope="row">{field.label}</th>
                        <For each={records()}>
                          {(side, at) => (
                            <Choice
                              field={field}
                              text={texts[at()] ?? ''}
                              title={side.title}
                              canChoose={differs}
                              isTaken={takenFrom(field) === side.id}
                              onTake={() => setChoices({ ...choices(), [field.key]: side.id })}
                            />
                          )}
                        </For>
                      </tr>
                    )}
                  </For>
                  <Points records={records()} />
                </tbody>
              </table>
            </div>
            <div class="row dup-end">
              <Button variant="primary" busy={isBusy()} onClick={() => void merge()}>
                Merge into “{survivor()?.title}”
              </Button>
              <Button variant="ghost" onClick={() => props.onCancel()}>
                Cancel
              </Button>
            </div>
          </Show>
        </Show>
      </div>
    </>
  );
}

/** The one that says most, so that least has to be chosen. */
const fullest = (records: readonly MergeSide[]): string | undefined =>
  [...records].sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1))[0]?.id;
const weight = ({ values, points, entries }: MergeSide): number =>
  Object.keys(values).length + points.length + Math.min(5, entries);

function Side(props: { side: MergeSide; stays: boolean; group: string; onStay: () => void }) {
  return (
    <th scope="col" class={props.stays ? 'stays' : ''}>
      <label class="dup-side">
        <span class={`radio${props.stays ? ' on' : ''}`}>
          <input
            class="tick"
            type="radio"
            name={`stays ${props.group}`}
            checked={props.stays}
            aria-label={`${props.side.title} stays`}
            onChange={() => props.onStay()}
          />
        </span>
        <span class="dup-title">
          <bdi>{props.side.title}</bdi>
          <span class="small t3">{props.stays ? 'Stays' : 'Leads to it'}</span>
        </span>
      </label>
    </th>
  );
}

function Choice(props: {
  field: MergeField;
  text: string;
  title: string;
  canChoose: boolean;
  isTaken: boolean;
  onTake: () => void;
}) {
  const id = createUniqueId();
  return (
    <td class={props.isTaken ? 'taken' : ''}>
      <Show when={props.canChoose} fallback={<bdi class={props.isTaken ? '' : 't3'}>{props.text || '–'}</bdi>}>
        <label class="dup-choice" for={id}>
          <span class={`radio${props.isTaken ? ' on' : ''}`}>
            <input
              id={id}
              class="tick"
              type="radio"
              name={`field ${props.field.key}`}
              checked={props.isTaken}
              aria-label={`${props.field.label} of ${props.title}: ${props.text === '' ? 'empty' : props.text}`}
              onChange={() => props.onTake()}
            />
          </span>
          <bdi class={props.text === '' ? 't3' : ''}>{props.text || 'Empty'}</bdi>
        </label>
      </Show>
    </td>
  );
}

/** What comes along from all of them. */
function Points(props: { records: readonly MergeSide[] }) {
  return (
    <>
      <tr>
        <th scope="row">To reach them</th>
        <For each={props.records}>
          {(side) => (
            <td class="taken">
              <For each={side.points} fallback={<span class="t3">–</span>}>
                {({ text }) => (
                  <div>
                    <bdi>{text}</bdi>
                  </div>
                )}
              </For>
            </td>
          )}
        </For>
      </tr>
      <tr>
        <th scope="row">Comes along</th>
        <For each={props.records}>
          {(side) => (
            <td class="t2">
              {side.links} {side.links === 1 ? 'link' : 'links'}, {side.entries} logged
            </td>
          )}
        </For>
      </tr>
    </>
  );
}
