import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { Label, type Tone } from '@rapport/ui/label';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { For, Show, createSignal, onCleanup, onMount } from 'solid-js';
import { instantText } from '../fields/field-text.ts';
import type { OpenForm } from './create-form.web.ts';

type State = 'lead' | 'pending' | 'expired' | 'spam' | 'test';

interface Submission {
  readonly id: string;
  readonly at: number;
  readonly state: State;
  readonly lead: string | null;
  /** Where the lead is now. */
  readonly board: string | null;
  readonly title: string | null;
}

interface Reply {
  readonly items: readonly Submission[];
  readonly nextCursor: string | null;
  readonly counts: Readonly<Record<State, number>>;
}

const words: Readonly<Record<State, { one: string; count: string; tone?: Tone }>> = {
  lead: { one: 'Lead', count: 'became a lead', tone: 'success' },
  pending: { one: 'Waits for confirmation', count: 'waiting', tone: 'info' },
  expired: { one: 'Never confirmed', count: 'never confirmed' },
  spam: { one: 'Spam', count: 'spam' },
  test: { one: 'Test', count: 'for testing' },
};
const states = Object.keys(words) as State[];

/** What was sent and what became of it. Answers themselves are on the leads. */
export function FormSubmissions(props: { open: OpenForm; leadHref: (board: string, lead: string) => string }) {
  const [reply, setReply] = createSignal<Reply>();
  const [problem, setProblem] = createSignal<string>();
  let asked = 0;
  const read = async (cursor: string | null) => {
    const mine = ++asked;
    const query = cursor === null ? '' : `&cursor=${cursor}`;
    try {
      const next = await props.open.workspace.api<Reply>('GET', `/forms/${props.open.id}/submissions?limit=50${query}`);
      if (mine !== asked) return;
      setProblem(undefined);
      setReply((before) =>
        cursor === null || before === undefined ? next : { ...next, items: [...before.items, ...next.items] },
      );
    } catch (error) {
      if (mine === asked) setProblem(error instanceof Error ? error.message : 'They could not be read.');
    }
  };
  onMount(() => void read(null));
  // One mount is one form.
  // eslint-disable-next-line solid/reactivity
  onCleanup(props.open.workspace.onChanged(['leads'], () => void read(null)));
  onCleanup(() => asked++);
  const shown = () => states.filter((state) => (reply()?.counts[state] ?? 0) > 0);
  return (
    <Show when={problem() === undefined} fallback={<EmptyState title="They cannot be shown">{problem()}</EmptyState>}>
      <Show when={reply()} fallback={<SkeletonRows count={6} />}>
        {(now) => (
          <Show
            when={shown().length > 0}
            fallback={
              <EmptyState title="Nothing was sent yet">
                What people send stands here, with the lead that it became.
              </EmptyState>
            }
          >
            <p class="form-counts">
              <For each={shown()}>
                {(state) => (
                  <span>
                    <b class="num">{now().counts[state].toLocaleString()}</b> {words[state].count}
                  </span>
                )}
              </For>
              <span class="grow" />
              <Button size="sm" onClick={() => void read(null)}>
                Refresh
              </Button>
            </p>
            <ul class="form-sent" aria-label="What was sent">
              <For each={now().items}>
                {(item) => (
                  <li>
                    <Label tone={words[item.state].tone}>{words[item.state].one}</Label>
                    <span class="grow ellip">
                      <Show when={item.lead}>
                        {(lead) => (
                          <a class="med" dir="auto" href={props.leadHref(item.board ?? '', lead())}>
                            {item.title ?? 'Lead'}
                          </a>
                        )}
                      </Show>
                    </span>
                    <time class="t3 num" dateTime={new Date(item.at).toISOString()}>
                      {instantText(item.at)}
                    </time>
                  </li>
                )}
              </For>
            </ul>
            <Show when={now().nextCursor}>
              {(cursor) => <Button onClick={() => void read(cursor())}>Show more</Button>}
            </Show>
          </Show>
        )}
      </Show>
    </Show>
  );
}
