import './imports.css';
import { Banner } from '@rapport/ui/banner';
import { Button } from '@rapport/ui/button';
import { Icon } from '@rapport/ui/icon';
import { ShellTop } from '@rapport/ui/shell-slots';
import Check from 'lucide-solid/icons/check';
import { For, Match, Show, Switch } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { ColumnsTable } from './columns-table.tsx';
import { createImport } from './create-import.web.ts';
import { FileStep } from './file-step.tsx';
import { FormatQuestions } from './format-questions.tsx';
import { ImportBar } from './import-bar.tsx';
import { importNounsFor, isImportNoun } from './import-nouns.ts';
import { LookRows } from './look-rows.tsx';
import { MatchSide } from './match-side.tsx';
import { PipelineChoice } from './pipeline-choice.tsx';
import { RowsChoice } from './rows-choice.tsx';
import { RunStep } from './run-step.tsx';

const rowsText = (rows: number): string => `${rows.toLocaleString()} ${rows === 1 ? 'row' : 'rows'}`;

/** Brings a file of deals, contacts, companies or members in: choose it, match its columns, look at what is odd, run, and undo as a whole. */
export function ImportScreen(props: {
  workspace: WorkspaceClient;
  boardId?: string | undefined;
  noun?: string | undefined;
}) {
  const startNoun = () =>
    isImportNoun(props.noun) && importNounsFor(props.workspace.me.role).includes(props.noun) ? props.noun : undefined;
  // eslint-disable-next-line solid/reactivity -- one workspace for as long as the screen stands
  const wizard = createImport(props.workspace, () => props.boardId, startNoun());
  const step = () => (wizard.running() ? 3 : wizard.preview() ? 2 : 1);
  const needLook = () => wizard.preview()?.skipped ?? 0;
  const details = (): readonly string[] => [
    wizard.preview()
      ? `${wizard.file()?.name ?? ''}, ${rowsText(wizard.preview()?.rows ?? 0)}`
      : 'From your old CRM, a spreadsheet or an address book',
    !wizard.preview()
      ? 'You decide where each column goes'
      : needLook() === 0
        ? 'Every row can be read'
        : `${needLook().toLocaleString()} ${needLook() === 1 ? 'row needs' : 'rows need'} a look`,
    'Undo any time, as a whole',
  ];
  const canWrite = () => props.workspace.me.role !== 'viewer';

  return (
    <>
      <header class="top">
        <h1>Import</h1>
        <span class="grow" />
        <ShellTop />
      </header>
      <ol class="steps" aria-label="Steps">
        <For each={['File', 'Match and check', 'Import']}>
          {(name, index) => (
            <li
              class={index() + 1 === step() ? 'now' : index() + 1 < step() ? 'done' : ''}
              aria-current={index() + 1 === step() ? 'step' : undefined}
            >
              <span aria-hidden="true">
                <Show when={index() + 1 < step()} fallback={index() + 1}>
                  <Icon of={Check} size={14} />
                </Show>
              </span>
              {name}
              <em class="ellip">{details()[index()]}</em>
            </li>
          )}
        </For>
      </ol>
      <Show when={wizard.problem()}>
        {(problem) => (
          <div class="imp-problem">
            <Banner
              tone="danger"
              action={
                <Show when={wizard.file() && !wizard.running()}>
                  <Button size="sm" onClick={() => wizard.again()}>
                    Try again
                  </Button>
                </Show>
              }
            >
              {problem().message}
            </Banner>
          </div>
        )}
      </Show>
      <Switch fallback={<FileStep workspace={props.workspace} wizard={wizard} canWrite={canWrite()} />}>
        <Match when={wizard.running()}>
          {(running) => <RunStep workspace={props.workspace} wizard={wizard} running={running()} />}
        </Match>
        <Match when={wizard.preview()}>
          {(preview) => (
            <>
              <div class="imp-cols">
                <ColumnsTable wizard={wizard} preview={preview()} />
                <section class="r2" aria-label="What needs an answer">
                  <RowsChoice workspace={props.workspace} wizard={wizard} preview={preview()} />
                  <Show when={wizard.options().noun === 'deals'}>
                    <PipelineChoice workspace={props.workspace} wizard={wizard} preview={preview()} />
                  </Show>
                  <FormatQuestions wizard={wizard} />
                  <LookRows wizard={wizard} preview={preview()} />
                  <MatchSide wizard={wizard} preview={preview()} />
                </section>
              </div>
              <ImportBar wizard={wizard} preview={preview()} canWrite={canWrite()} />
            </>
          )}
        </Match>
      </Switch>
    </>
  );
}
