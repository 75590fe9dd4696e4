import './duplicates.css';
import { Banner } from '@rapport/ui/banner';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { Segmented } from '@rapport/ui/segmented';
import { Select } from '@rapport/ui/select';
import { ShellTop } from '@rapport/ui/shell-slots';
import { SkeletonRows } from '@rapport/ui/skeleton';
import Merge from 'lucide-solid/icons/merge';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import { For, Match, Show, Switch } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { createSuggestions } from './create-suggestions.web.ts';
import { nounWords, type DuplicateNoun, type SuggestedPair } from './duplicate-api.ts';
import { ReasonLabels } from './reason-labels.tsx';
import { scoreWord } from './reason-words.ts';

/** How much alike is worth showing, for everybody in the workspace; an admin decides. */
const thresholds = { possible: 0.5, likely: 0.85, certain: 0.98 } as const;
type Level = keyof typeof thresholds;
const levels: readonly { id: Level; label: string }[] = [
  { id: 'possible', label: 'All that may be one' },
  { id: 'likely', label: 'Likely ones only' },
  { id: 'certain', label: 'Almost certain ones only' },
];
const isLevel = (id: string): id is Level => Object.hasOwn(thresholds, id);
const levelOf = (threshold: number): Level =>
  threshold >= thresholds.certain ? 'certain' : threshold >= thresholds.likely ? 'likely' : 'possible';

/** Pairs of records that may be one, likeliest first: merge them, or say that they are two. */
export function DuplicateScreen(props: {
  workspace: WorkspaceClient;
  noun: DuplicateNoun;
  onNoun: (noun: DuplicateNoun) => void;
  /** Where a record is shown. */
  pathOf: (noun: DuplicateNoun, id: string) => string;
  mergePath: (noun: DuplicateNoun, ids: readonly string[]) => string;
}) {
  // The page belongs to one workspace for its whole life.
  // oxlint-disable-next-line solid/reactivity
  const workspace = props.workspace;
  const list = createSuggestions(workspace, () => props.noun);
  const words = () => nounWords[props.noun];
  const mayEdit = () => workspace.me.role !== 'viewer';
  return (
    <>
      <header class="top">
        <h1>Duplicates</h1>
        <Segmented
          label="Of what"
          value={props.noun}
          onChange={(noun) => props.onNoun(noun)}
          options={[
            { value: 'contact', label: nounWords.contact.title },
            { value: 'company', label: nounWords.company.title },
          ]}
        />
        <span class="grow" />
        <Show when={mayEdit()}>
          <Button
            icon={RefreshCw}
            variant="ghost"
            aria-label="Compare now"
            busy={list.isLooking()}
            onClick={() => void list.look()}
          >
            <span class="wide-only">Compare now</span>
          </Button>
        </Show>
        <ShellTop />
      </header>
      <div class="dup-page" tabindex="-1">
        <Show when={list.problem()}>{(problem) => <Banner tone="danger">{problem()}</Banner>}</Show>
        <Show when={workspace.me.role === 'admin' && list.isKnown()}>
          <div class="dup-set">
            <Select
              label="How alike records must be to be shown to everybody"
              hideLabel
              value={levelOf(list.threshold())}
              options={levels}
              onChange={(level) => void list.setThreshold(thresholds[isLevel(level) ? level : 'possible'])}
            />
          </div>
        </Show>
        <Switch>
          <Match when={list.pairs().length > 0}>
            <ul class="dup-list" aria-label={`Pairs of ${words().many} that may be one`}>
              <For each={list.pairs()}>
                {(pair) => (
                  <Pair
                    pair={pair}
                    mayEdit={mayEdit()}
                    pathOf={(id) => props.pathOf(props.noun, id)}
                    mergePath={props.mergePath(props.noun, [pair.a.id, pair.b.id])}
                    onDismiss={() => void list.dismiss(pair)}
                  />
                )}
              </For>
            </ul>
            <Show when={list.hasMore()}>
              <div class="dup-more">
                <Button onClick={() => void list.more()}>Show more</Button>
              </div>
            </Show>
          </Match>
          <Match when={list.isLooking() || !list.isKnown()}>
            <SkeletonRows count={6} label={`Comparing ${words().many}`} />
          </Match>
          <Match when={true}>
            <EmptyState title={`No two ${words().many} look like one`}>
              All {words().many} are compared every night, and while somebody adds a new one.
            </EmptyState>
          </Match>
        </Switch>
      </div>
    </>
  );
}

function Pair(props: {
  pair: SuggestedPair;
  mayEdit: boolean;
  pathOf: (id: string) => string;
  mergePath: string;
  onDismiss: () => void;
}) {
  const names = () => `${props.pair.a.title} and ${props.pair.b.title}`;
  return (
    <li class="dup-pair">
      <div class="dup-names">
        <a href={props.pathOf(props.pair.a.id)}>
          <bdi>{props.pair.a.title}</bdi>
        </a>
        <a href={props.pathOf(props.pair.b.id)}>
          <bdi>{props.pair.b.title}</bdi>
        </a>
      </div>
      <div class="dup-why">
        <span class="small t3">{scoreWord(props.pair.score)}</span>
        <ReasonLabels reasons={props.pair.reasons} />
      </div>
      <Show when={props.mayEdit}>
        <div class="row dup-do">
          <Button
            variant="ghost"
            size="sm"
            onClick={() => props.onDismiss()}
            aria-label={`${names()} are not the same`}
          >
            Not the same
          </Button>
          <a class="btn sm" href={props.mergePath} aria-label={`Merge ${names()}`}>
            <Merge class="ico" size={16} aria-hidden="true" /> Merge…
          </a>
        </div>
      </Show>
    </li>
  );
}
