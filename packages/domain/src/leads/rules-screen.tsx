import { ShellTop } from '@rapport/ui/shell-slots';
import { Tabs } from '@rapport/ui/tabs';
import { Match, Switch } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { AssignmentScreen } from './assignment-screen.tsx';
import { ScoreScreen } from './score-screen.tsx';

export type RulesTab = 'assignment' | 'score';

/** What a leads board does by itself: who gets a lead, and how it is scored. */
export function RulesScreen(props: {
  workspace: WorkspaceClient;
  boardId: string;
  boardName: string;
  tab: RulesTab;
  onTab: (tab: RulesTab) => void;
}) {
  return (
    <>
      <header class="top">
        <a class="btn ghost" href={`/w/${props.workspace.workspaceId}/leads/${props.boardId}`}>
          <span class="ellip" dir="auto">
            {props.boardName}
          </span>
        </a>
        <h1 class="sr">Rules of {props.boardName}</h1>
        <Tabs
          label="Rules"
          tabs={[
            { id: 'assignment', label: 'Assignment' },
            { id: 'score', label: 'Score' },
          ]}
          value={props.tab}
          onChange={(tab) => props.onTab(tab)}
        />
        <span class="grow" />
        <ShellTop />
      </header>
      <Switch>
        <Match when={props.tab === 'assignment'}>
          <AssignmentScreen workspace={props.workspace} boardId={props.boardId} />
        </Match>
        <Match when={props.tab === 'score'}>
          <ScoreScreen workspace={props.workspace} boardId={props.boardId} />
        </Match>
      </Switch>
    </>
  );
}
