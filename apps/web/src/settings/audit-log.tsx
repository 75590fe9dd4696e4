import { type AuditAction, type AuditDetail, auditActions } from '@rapport/domain/audit/actions';
import { Button } from '@rapport/ui/button';
import { DateField } from '@rapport/ui/date-field';
import { EmptyState } from '@rapport/ui/empty-state';
import { Icon } from '@rapport/ui/icon';
import { Select } from '@rapport/ui/select';
import { SkeletonRows } from '@rapport/ui/skeleton';
import Download from 'lucide-solid/icons/download';
import { For, Show, createEffect, createSignal, on } from 'solid-js';
import type { Page } from '../api/shapes.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { actionName, saysAction, saysDetail } from './audit-words.ts';
import { createTask } from './create-task.ts';
import { Section } from './section.tsx';

interface Named {
  readonly id: string;
  readonly name: string | null;
}
interface AuditLine {
  readonly id: string;
  readonly at: number;
  readonly actor: Named | null;
  readonly key: Named | null;
  readonly action: AuditAction;
  readonly target: Named | null;
  readonly detail: AuditDetail;
}

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const pageSize = 100;
const everybody = { id: '', label: 'Everybody' };
const everything = { id: '', label: 'Everything' };
const dayStart = (day: string): number => new Date(`${day}T00:00`).getTime();
const dayMs = 86_400_000;

/** What happened to accounts, access and data. For administrators. */
export function AuditLog() {
  const workspace = useWorkspace();
  const { run, problem, isBusy } = createTask();
  const [actor, setActor] = createSignal('');
  const [action, setAction] = createSignal('');
  const [from, setFrom] = createSignal<string | null>(null);
  const [to, setTo] = createSignal<string | null>(null);
  const [lines, setLines] = createSignal<readonly AuditLine[]>();
  const [total, setTotal] = createSignal<number>();
  const [cursor, setCursor] = createSignal<string | null>(null);

  const filter = () => {
    const search = new URLSearchParams();
    if (actor() !== '') search.set('actor', actor());
    if (action() !== '') search.set('action', action());
    const [first, last] = [from(), to()];
    if (first !== null) search.set('from', String(dayStart(first)));
    // The day itself included, also where it has 23 or 25 hours.
    if (last !== null)
      search.set('to', String(dayStart(new Date(dayStart(last) + 1.5 * dayMs).toLocaleDateString('sv'))));
    return search;
  };
  let asked = 0;
  const fetchPage = async (after: string | null) => {
    const turn = ++asked;
    const search = filter();
    search.set('limit', String(pageSize));
    if (after !== null) search.set('cursor', after);
    await run(async () => {
      const page = await workspace.api<Page<AuditLine>>('GET', `/audit?${search}`);
      // Another filter was chosen meanwhile: its own answer is on the way.
      if (turn !== asked) return;
      setLines((before) => (after === null ? page.items : [...(before ?? []), ...page.items]));
      setTotal(page.total);
      setCursor(page.nextCursor);
    });
  };
  createEffect(
    on(
      () => filter().toString(),
      () => void fetchPage(null),
    ),
  );
  const today = () => new Date(workspace.now()).toLocaleDateString('sv');
  const people = () => [everybody, ...[...workspace.members().values()].map(({ id, name }) => ({ id, label: name }))];
  const nameOf = (id: string) => workspace.members().get(id)?.name;
  return (
    <Section
      title="Audit log"
      count={total()}
      lead="Who did what to accounts, access and data. Lines are only ever added; nobody can change or delete one."
      action={
        <a class="btn" href={`/api/v1/w/${workspace.workspaceId}/audit.csv?${filter()}`} download="">
          <Icon of={Download} />
          Download as CSV
        </a>
      }
    >
      <div class="row set-filters">
        <Select label="Who" value={actor()} onChange={setActor} options={people()} />
        <Select
          label="What"
          value={action()}
          onChange={setAction}
          options={[everything, ...auditActions.map((id) => ({ id, label: actionName(id) }))]}
        />
        <DateField label="From" value={from()} onCommit={setFrom} today={today()} placeholder="The beginning" />
        <DateField label="To" value={to()} onCommit={setTo} today={today()} placeholder="Now" />
      </div>
      <FormProblem text={problem()} />
      <Show when={lines()} fallback={<SkeletonRows label="Loading the audit log" />}>
        {(shown) => (
          <Show
            when={shown().length > 0}
            fallback={<EmptyState title="Nothing like that happened">Choose other days or other people.</EmptyState>}
          >
            <div class="set-scroll" tabindex="0" role="region" aria-label="Audit log">
              <table class="tbl set-audit">
                <thead>
                  <tr>
                    <th>When</th>
                    <th>What</th>
                    <th>Detail</th>
                  </tr>
                </thead>
                <tbody>
                  <For each={shown()}>
                    {(line) => (
                      <tr>
                        <td class="t2 num">{time.format(line.at)}</td>
                        <td>
                          <b class="med">
                            {line.actor?.name ?? (line.action === 'sign-in-failed' ? 'Somebody' : 'The server')}
                          </b>{' '}
                          {saysAction(line.action, line.target?.name)}
                          <Show when={line.key?.id !== line.target?.id && line.key}>
                            {(key) => <span class="t3"> with the key {key().name ?? key().id}</span>}
                          </Show>
                        </td>
                        <td class="t2">{saysDetail(line.detail, nameOf)}</td>
                      </tr>
                    )}
                  </For>
                </tbody>
              </table>
            </div>
            <Show when={cursor()}>
              {(after) => (
                <div>
                  <Button busy={isBusy()} onClick={() => void fetchPage(after())}>
                    Show older
                  </Button>
                </div>
              )}
            </Show>
          </Show>
        )}
      </Show>
    </Section>
  );
}
