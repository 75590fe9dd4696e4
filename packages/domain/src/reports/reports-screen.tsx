import './reports.css';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { Icon } from '@rapport/ui/icon';
import { MenuButton } from '@rapport/ui/menu';
import { ShellTop } from '@rapport/ui/shell-slots';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createEffect, createMemo, createSignal, type JSX, on, onCleanup, Show } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { boundsOf, dimensions, isPeriodChoice, type PeriodChoice, periodChoices } from './choices.ts';
import { createMoved } from './create-moved.web.ts';
import { createNumbers } from './create-numbers.web.ts';
import { periodOf } from './days.ts';
import { DrillPanel } from './drill-panel.tsx';
import { timeZone, today } from './figures.web.ts';
import { KpiTiles } from './kpi-tiles.tsx';
import { LeaderList } from './leader-list.tsx';
import { movementOf } from './movement.web.ts';
import { BoxSkeleton } from './report-skeletons.tsx';
import type { Drill } from './report.ts';
import { StageFunnel } from './stage-funnel.tsx';
import { ValueList } from './value-list.tsx';
import { WonLostChart } from './won-lost-chart.tsx';

const everybody = '';

interface Board {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

/**
 * The manager's page: numbers of one board that move while deals move, each with its formula, its n and its deals.
 * `aside` stands beside them (the activity feed), `title` heads the page.
 */
export function ReportsScreen(props: {
  workspace: WorkspaceClient;
  boardId?: string | undefined;
  title?: string | undefined;
  aside?: JSX.Element;
}) {
  // eslint-disable-next-line solid/reactivity -- a workspace never changes under its screens
  const workspace = props.workspace;
  const asked = new URLSearchParams(location.search);
  const askedPeriod = asked.get('period');
  const [boards, setBoards] = createSignal<readonly Board[] | null>(null);
  const [boardsProblem, setBoardsProblem] = createSignal<string | null>(null);
  const [chosen, setChosen] = createSignal<string | null>(asked.get('board'));
  const [period, setPeriod] = createSignal<PeriodChoice>(isPeriodChoice(askedPeriod) ? askedPeriod : 'quarter');
  const [teamId, setTeam] = createSignal(asked.get('team'));
  const [dimension, setDimension] = createSignal(asked.get('by') ?? 'company');
  const [drilled, setDrilled] = createSignal<{ title: string; drill: Drill } | null>(null);

  const askBoards = async () => {
    try {
      const { items } = await workspace.api<{ items: readonly Board[] }>('GET', '/boards?limit=500');
      setBoards(items.filter(({ kind }) => kind === 'deals'));
      setBoardsProblem(null);
    } catch (error) {
      setBoardsProblem(error instanceof Error ? error.message : String(error));
    }
  };
  void askBoards();
  onCleanup(workspace.onChanged(['boards'], () => void askBoards()));

  const board = createMemo(() => {
    const all = boards();
    const wanted = chosen() ?? props.boardId;
    return all?.find(({ id }) => id === wanted) ?? all?.[0];
  });
  const boardId = createMemo(() => board()?.id);
  const teams = () => workspace.teams();
  const team = createMemo(() => teams().find(({ id }) => id === teamId()));
  const bounds = () => boundsOf(period(), today(workspace.now()));
  const words = () => periodChoices.find(({ id }) => id === period())?.words ?? '';
  const moved = createMoved(workspace, boardId);
  const { numbers, problem, retry } = createNumbers(
    workspace,
    () => {
      const id = boardId();
      return id === undefined
        ? null
        : { boardId: id, team: team()?.id, ...bounds(), timeZone: timeZone(), dimension: dimension() };
    },
    (before, after) => void moved.mark(movementOf(before, after)),
  );
  createEffect(on(boardId, (id) => id !== undefined && void moved.start()));
  createEffect(() => {
    // The address says what is shown, so that a link shows the same.
    const query = new URLSearchParams(location.search);
    query.set('period', period());
    query.set('by', dimension());
    const id = boardId();
    if (id !== undefined) query.set('board', id);
    const ofTeam = teamId();
    if (ofTeam === null) query.delete('team');
    else query.set('team', ofTeam);
    history.replaceState(history.state, '', `${location.pathname}?${query}`);
  });
  const choices = createMemo(() => {
    const custom = Object.entries(workspace.customFields('deal'))
      .filter(([, spec]) => ['select', 'multiSelect', 'text', 'reference'].includes(spec.type))
      .map(([id, spec]) => ({ id, label: spec.label }));
    return [...dimensions, ...custom];
  });
  const stages = () => (numbers().pipeline?.rows ?? []).map(({ stage, kind }) => ({ stage, kind }));
  const current = () => {
    const day = today(workspace.now());
    return { month: periodOf(day, 'month'), quarter: periodOf(day, 'quarter') };
  };
  const isEmpty = () => numbers().pipeline?.n === 0 && team() === undefined;
  const drill = (title: string, to: Drill) => setDrilled({ title, drill: to });

  return (
    <>
      <header class="top">
        <h1>{props.title ?? 'Reports'}</h1>
        <Show when={board()}>
          {(shown) => (
            <MenuButton
              label="Pipeline"
              items={(boards() ?? []).map(({ id, name }) => ({ id, label: name }))}
              onPick={setChosen}
              isChosen={(id) => id === shown().id}
            >
              {(trigger) => (
                <button {...trigger} type="button" class="btn ghost pick">
                  <span class="ellip">{shown().name}</span>
                  <Icon of={ChevronDown} size={14} />
                </button>
              )}
            </MenuButton>
          )}
        </Show>
        <MenuButton
          label="Closing date"
          items={periodChoices}
          onPick={(id) => isPeriodChoice(id) && setPeriod(id)}
          isChosen={(id) => id === period()}
        >
          {(trigger) => (
            <button {...trigger} type="button" class="btn ghost">
              {periodChoices.find(({ id }) => id === period())?.label}
              <Icon of={ChevronDown} size={14} />
            </button>
          )}
        </MenuButton>
        <Show when={teams().length > 0}>
          <MenuButton
            label="Team"
            items={[{ id: everybody, label: 'Everybody' }, ...teams().map(({ id, name }) => ({ id, label: name }))]}
            onPick={(id) => setTeam(id === everybody ? null : id)}
            isChosen={(id) => id === (team()?.id ?? everybody)}
          >
            {(trigger) => (
              <button {...trigger} type="button" class="btn ghost pick">
                <span class="ellip">{team()?.name ?? 'Everybody'}</span>
                <Icon of={ChevronDown} size={14} />
              </button>
            )}
          </MenuButton>
        </Show>
        <span class="grow" />
        <Show when={problem() === null && numbers().pipeline !== undefined}>
          <span class="save wide-only">
            <span class="pulse" aria-hidden="true" />
            Up to the second
          </span>
        </Show>
        <ShellTop />
      </header>
      <div class={props.aside === undefined ? 'numbers' : 'numbers with-aside'}>
        <div class="mid">
          <h2 class="sr">Numbers</h2>
          <Show when={problem() ?? boardsProblem()}>
            {(what) => (
              <div class="rproblem" role="status">
                <span class="grow">
                  {numbers().pipeline === undefined
                    ? 'The numbers could not be loaded.'
                    : 'These numbers are not up to date.'}{' '}
                  {what()}
                </span>
                <Button
                  size="sm"
                  onClick={() => {
                    void askBoards();
                    retry();
                  }}
                >
                  Try again
                </Button>
              </div>
            )}
          </Show>
          <Show
            when={boards()?.length !== 0 && !isEmpty()}
            fallback={
              <EmptyState
                title="Nothing to count yet"
                action={
                  <Show when={board()}>
                    {(shown) => (
                      <a class="btn primary" href={`/w/${workspace.workspaceId}/b/${shown().id}`}>
                        Open {shown().name}
                      </a>
                    )}
                  </Show>
                }
              >
                Add deals to the pipeline or import them: their numbers appear here and move as the deals do.
              </EmptyState>
            }
          >
            {/* Nothing is on its way when it could not be had. */}
            <Show when={numbers().pipeline !== undefined || (problem() ?? boardsProblem()) === null}>
              <KpiTiles numbers={numbers()} period={words()} moved={moved.moved} onDrill={drill} />
              <div class="charts">
                <Show when={numbers().pipeline} fallback={<BoxSkeleton title="Funnel" />}>
                  {(pipeline) => (
                    <StageFunnel
                      pipeline={pipeline()}
                      cycle={numbers().cycle}
                      period={words()}
                      moved={moved.moved}
                      onDrill={drill}
                    />
                  )}
                </Show>
                <Show when={numbers().months} fallback={<BoxSkeleton title="Won and lost" />}>
                  {(months) => (
                    <Show when={numbers().quarters}>
                      {(quarters) => (
                        <WonLostChart months={months()} quarters={quarters()} current={current()} onDrill={drill} />
                      )}
                    </Show>
                  )}
                </Show>
                <Show when={numbers().leaders} fallback={<BoxSkeleton title="Won by person" />}>
                  {(leaders) => (
                    <LeaderList
                      leaders={leaders()}
                      members={workspace.members()}
                      period={words()}
                      moved={moved.moved}
                      onDrill={drill}
                    />
                  )}
                </Show>
                <Show when={numbers().values} fallback={<BoxSkeleton title="Value by" />}>
                  {(values) => (
                    <ValueList
                      values={values()}
                      dimensions={choices()}
                      dimension={dimension()}
                      members={workspace.members()}
                      onDimension={setDimension}
                      onDrill={drill}
                    />
                  )}
                </Show>
              </div>
            </Show>
          </Show>
        </div>
        <Show when={props.aside}>
          <aside class="beside">{props.aside}</aside>
        </Show>
      </div>
      <Show when={drilled()}>
        {(shown) => (
          <DrillPanel
            workspace={workspace}
            title={shown().title}
            drill={shown().drill}
            stages={stages()}
            onClose={() => setDrilled(null)}
          />
        )}
      </Show>
    </>
  );
}
