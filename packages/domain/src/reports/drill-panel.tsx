import { Avatar } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { IconButton } from '@rapport/ui/icon-button';
import { Panel } from '@rapport/ui/panel';
import { SkeletonRows } from '@rapport/ui/skeleton';
import X from 'lucide-solid/icons/x';
import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { DealBehind } from './deals-behind.ts';
import { boardLink, type LinkedStage } from './drill-link.ts';
import { dayOf } from './days.ts';
import { count, dealCount, locale, money, timeZone } from './figures.web.ts';
import type { Drill } from './report.ts';

const pageSize = 100;

interface Page {
  readonly items: readonly DealBehind[];
  readonly nextCursor: string | null;
  readonly total: number;
}

/** The deals behind a number, beside the page: exactly those that it counts. */
export function DrillPanel(props: {
  workspace: WorkspaceClient;
  title: string;
  drill: Drill;
  stages: readonly LinkedStage[];
  onClose: () => void;
}) {
  const [page, setPage] = createSignal<Page | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);
  // eslint-disable-next-line solid/reactivity -- a workspace never changes under its screens
  const workspace = props.workspace;
  let turn = 0;
  const pathOf = (limit: number, cursor?: string) =>
    `${props.drill.path}?${new URLSearchParams({ ...props.drill.query, limit: String(limit), ...(cursor === undefined ? {} : { cursor }) })}`;

  async function load(cursor?: string): Promise<void> {
    const mine = ++turn;
    const known = page();
    const limit = cursor === undefined ? Math.min(500, Math.max(pageSize, known?.items.length ?? 0)) : pageSize;
    try {
      const next = await workspace.api<Page>('GET', pathOf(limit, cursor));
      if (mine !== turn) return;
      setPage(cursor === undefined || known === null ? next : { ...next, items: [...known.items, ...next.items] });
      setProblem(null);
    } catch (error) {
      if (mine === turn) setProblem(error instanceof Error ? error.message : String(error));
    }
  }
  createEffect(
    on(
      () => JSON.stringify(props.drill.query),
      () => {
        setPage(null);
        void load();
      },
    ),
  );
  // eslint-disable-next-line solid/reactivity -- asked anew whenever the server tells of a change
  onCleanup(workspace.onChanged(['deals'], () => void load()));
  onCleanup(() => {
    turn += 1;
  });
  const link = () => boardLink(workspace.workspaceId, props.drill.query, props.stages);
  const dealHref = (deal: DealBehind) =>
    `/w/${workspace.workspaceId}/b/${deal.board}?deal=${encodeURIComponent(deal.id)}`;
  const dayWords = (at: number) =>
    new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(
      Date.parse(`${dayOf(at, timeZone())}T00:00:00Z`),
    );
  const second = (deal: DealBehind) =>
    [
      deal.company,
      deal.stage ?? 'Unassigned',
      deal.closedAt !== null && deal.status !== 'open' ? dayWords(deal.closedAt) : null,
    ]
      .filter((part) => part !== null && part !== '')
      .join(' · ');
  return (
    <Panel open onClose={() => props.onClose()} label={props.title} class="drill">
      <header class="drill-h">
        <div class="grow">
          <h2 class="ellip">{props.title}</h2>
          <span class="t3 small num">
            <Show when={page()} fallback="…">
              {(known) => dealCount(known().total)}
            </Show>
          </span>
        </div>
        <Show when={link()}>
          {(href) => (
            <a class="btn" href={href()}>
              Open as a table
            </a>
          )}
        </Show>
        <IconButton icon={X} label="Close" onClick={() => props.onClose()} />
      </header>
      <Show when={problem()}>
        {(words) => (
          <div class="rproblem small" role="status">
            <span class="grow">The deals could not be loaded. {words()}</span>
            <Button size="sm" onClick={() => void load()}>
              Try again
            </Button>
          </div>
        )}
      </Show>
      <div class="drill-b">
        <Show
          when={page()}
          fallback={
            <Show when={problem() === null}>
              <SkeletonRows count={8} label="Loading deals" />
            </Show>
          }
        >
          {(known) => (
            <>
              <ul>
                <For each={known().items} fallback={<li class="t3 nothing">No deal counts here any more.</li>}>
                  {(deal) => {
                    const owner = () => (deal.owner === null ? undefined : workspace.members().get(deal.owner));
                    return (
                      <li>
                        <a class="dr" href={dealHref(deal)}>
                          <span class="grow">
                            <span class="ellip med">{deal.title ?? 'Untitled'}</span>
                            <span class="ellip small t3 num">{second(deal)}</span>
                          </span>
                          <span class="num med">{deal.value === null ? '–' : money(deal.value)}</span>
                          <Show when={owner()} fallback={<span class="av nobody" aria-hidden="true" />}>
                            {(person) => <Avatar person={person()} />}
                          </Show>
                        </a>
                      </li>
                    );
                  }}
                </For>
              </ul>
              <Show when={known().nextCursor}>
                {(cursor) => (
                  <div class="rmore">
                    <span class="t3 small num">
                      {count(known().items.length)} of {count(known().total)}
                    </span>
                    <Button onClick={() => void load(cursor())}>Show more</Button>
                  </div>
                )}
              </Show>
            </>
          )}
        </Show>
      </div>
    </Panel>
  );
}
