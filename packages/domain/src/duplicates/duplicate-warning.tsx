import './duplicates.css';
import { Icon } from '@rapport/ui/icon';
import CopyCheck from 'lucide-solid/icons/copy-check';
import { For, Show, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { nounWords, type AlikeRecord, type DuplicateNoun } from './duplicate-api.ts';
import { ReasonLabels } from './reason-labels.tsx';

/** What is known so far of a record that somebody is typing; lists of values by what they are. */
export type TypedRecord = Readonly<
  Partial<Record<'name' | 'email' | 'phone' | 'company' | 'site' | 'address', readonly string[]>>
>;

const afterKeyMs = 250;
const shortestName = 3;

function queryOf(noun: DuplicateNoun, typed: TypedRecord): string | null {
  const parts = Object.entries(typed).flatMap(([key, values]) => {
    const given = (values ?? []).map((value) => value.replaceAll(';', ' ').trim()).filter((value) => value !== '');
    return given.length === 0 ? [] : [`${key}=${encodeURIComponent(given.join(';'))}`];
  });
  const longest = Math.max(
    0,
    ...Object.values(typed).flatMap((values) => (values ?? []).map((value) => value.trim().length)),
  );
  return longest < shortestName ? null : `/duplicates?noun=${noun}&limit=3&${parts.join('&')}`;
}

/** Says, while somebody types a new record, who may already be there. It never stands in the way. */
export function DuplicateWarning(props: {
  workspace: WorkspaceClient;
  noun: DuplicateNoun;
  typed: TypedRecord;
  /** Where a record is shown. */
  pathOf: (id: string) => string;
  /** Called when somebody goes there instead. */
  onGo?: (() => void) | undefined;
}) {
  const [found, setFound] = createSignal<readonly AlikeRecord[]>([]);
  let turn = 0;
  createEffect(
    on(
      () => queryOf(props.noun, props.typed),
      (query) => {
        const mine = ++turn;
        if (query === null) {
          setFound([]);
          return;
        }
        const timer = setTimeout(() => {
          props.workspace.api<{ items: AlikeRecord[] }>('GET', query).then(
            ({ items }) => mine === turn && setFound(items),
            // Without an answer nobody is warned; adding goes on, and the nightly comparison finds it.
            () => mine === turn && setFound([]),
          );
        }, afterKeyMs);
        onCleanup(() => clearTimeout(timer));
      },
    ),
  );
  return (
    <div role="status">
      <Show when={found().length > 0}>
        <div class="dup-warning">
          <b>
            <Icon of={CopyCheck} size={16} />
            {found().length === 1
              ? `This ${nounWords[props.noun].one} may be here already`
              : `These ${nounWords[props.noun].many} may be the one`}
          </b>
          <For each={found()}>
            {(record) => (
              <div class="dup-alike">
                <a href={props.pathOf(record.id)} onClick={() => props.onGo?.()}>
                  <bdi>{record.title}</bdi>
                </a>
                <ReasonLabels reasons={record.reasons.filter(({ how }) => how !== 'different')} />
              </div>
            )}
          </For>
        </div>
      </Show>
    </div>
  );
}
