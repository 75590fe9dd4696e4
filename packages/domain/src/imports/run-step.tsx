import { Button } from '@rapport/ui/button';
import { ProgressBar } from '@rapport/ui/progress-bar';
import { For, Match, Show, Switch } from 'solid-js';
import { AlikeLine } from './alike-line.tsx';
import type { WorkspaceClient } from '../client.ts';
import type { ImportWizard } from './create-import.web.ts';
import type { ShownImport } from './import-api.ts';
import { isImportNoun, nounWords, type ImportNoun } from './import-nouns.ts';

const keptShown = 20;
/** What is read aloud when it happens. */
const words: Record<ShownImport['status'], string> = {
  running: 'Importing',
  done: 'Imported',
  interrupted: 'The import stopped',
  undoing: 'Undoing the import',
  undone: 'Import undone',
};

/** The last step: progress while colleagues work on, then what happened, and the way back. */
export function RunStep(props: { workspace: WorkspaceClient; wizard: ImportWizard; running: ShownImport }) {
  const noun = () => (isImportNoun(props.running.noun) ? props.running.noun : 'deals');
  const listPath = () => {
    const places: Record<ImportNoun, string> = {
      deals: `b/${props.running.board}`,
      contacts: 'contacts',
      companies: 'companies',
      people: 'settings/members',
    };
    return `/w/${props.workspace.workspaceId}/${places[noun()]}`;
  };
  const recordPath = (id: string) =>
    noun() === 'deals' ? `${listPath()}?deal=${id}` : noun() === 'people' ? listPath() : `${listPath()}/${id}`;
  const openText = () => (noun() === 'deals' ? 'Open the board' : `Open the ${nounWords[noun()].many}`);
  const counts = () =>
    [
      `${props.running.created.toLocaleString()} new`,
      props.running.updated > 0 ? `${props.running.updated.toLocaleString()} updated` : '',
      props.running.unchanged > 0 ? `${props.running.unchanged.toLocaleString()} unchanged` : '',
      props.running.skipped > 0 ? `${props.running.skipped.toLocaleString()} left out` : '',
    ]
      .filter((part) => part !== '')
      .join(', ');
  /** Of those that are told: the ones that came in are first. */
  const maybe = () => props.running.alike.filter(({ isTaken }) => !isTaken).length;
  const undo = () => (
    <Button busy={props.wizard.isBusy()} onClick={() => void props.wizard.undo(props.running.id)}>
      Undo this import
    </Button>
  );
  return (
    <div class="imp-run" tabindex="-1">
      <div class="sr" role="status">
        {words[props.running.status]}
      </div>
      <Switch>
        <Match when={props.running.status === 'running'}>
          <h2>Importing {props.running.file}</h2>
          <ProgressBar label="Rows imported" value={props.running.done / Math.max(1, props.running.planned)} />
          <p class="t2 num">
            {props.running.done.toLocaleString()} of {props.running.planned.toLocaleString()} rows. You and your
            colleagues can work on; closing this page does not stop it.
          </p>
        </Match>
        <Match when={props.running.status === 'done'}>
          <h2>Imported {props.running.file}</h2>
          <p class="t2 num">{counts()}.</p>
          <div class="row">
            <a class="btn primary" href={listPath()}>
              {openText()}
            </a>
            {undo()}
            <Button variant="ghost" onClick={() => props.wizard.leave()}>
              Import another file
            </Button>
          </div>
        </Match>
        <Match when={props.running.status === 'interrupted'}>
          <h2>The import stopped</h2>
          <p class="t2">{props.running.message}</p>
          <div class="row">
            {undo()}
            <Button variant="ghost" onClick={() => props.wizard.leave()}>
              Import another file
            </Button>
          </div>
        </Match>
        <Match when={props.running.status === 'undoing'}>
          <h2>Undoing the import of {props.running.file}</h2>
          <ProgressBar label="Undoing" value={null} />
        </Match>
        <Match when={props.running.status === 'undone'}>
          <h2>Import of {props.running.file} undone</h2>
          <Show
            when={props.running.keptCount > 0}
            fallback={<p class="t2">Everything is as it was before, updated {nounWords[noun()].many} included.</p>}
          >
            <p class="t2">
              {props.running.keptCount.toLocaleString()} kept,{' '}
              {noun() === 'people'
                ? 'because they are in use by now:'
                : `because somebody changed ${props.running.keptCount === 1 ? 'it' : 'them'} since:`}
            </p>
            <ul class="imp-kept">
              <For each={props.running.kept.slice(0, keptShown)}>
                {(kept) => (
                  <li>
                    <a href={recordPath(kept.record)}>{kept.title || 'One that is not shared with you'}</a>
                    <span class="t2">
                      {kept.why ?? (kept.field === '' ? `the ${nounWords[noun()].one}` : kept.field)}
                    </span>
                  </li>
                )}
              </For>
            </ul>
          </Show>
          <div class="row">
            <a class="btn primary" href={listPath()}>
              {openText()}
            </a>
            <Button variant="ghost" onClick={() => props.wizard.leave()}>
              Import another file
            </Button>
          </div>
        </Match>
      </Switch>
      <Show when={props.running.status === 'done' && props.running.alikeCount > 0}>
        <details open={maybe() > 0}>
          <summary>{maybe() > 0 ? 'Possible duplicates' : 'Rows that were somebody you have'}</summary>
          <ul class="imp-kept">
            <For each={props.running.alike.slice(0, 100)}>
              {(alike) => <AlikeLine alike={alike} recordPath={recordPath} />}
            </For>
          </ul>
          <Show when={maybe() > 0}>
            <p class="t2">
              Nothing was merged.{' '}
              <a class="link" href={`/w/${props.workspace.workspaceId}/duplicates`}>
                Duplicates
              </a>{' '}
              shows them side by side.
            </p>
          </Show>
        </details>
      </Show>
      <Show when={props.running.status === 'done' && props.running.warnings.length > 0}>
        <details>
          <summary>Rows that are in, but not whole</summary>
          <ul class="imp-kept">
            <For each={props.running.warnings.slice(0, 100)}>
              {(warning) => (
                <li>
                  <span class="num t3">Row {warning.row}</span>
                  <span>{warning.message}</span>
                </li>
              )}
            </For>
          </ul>
        </details>
      </Show>
      <Show when={props.running.status === 'done' && props.running.errors.length > 0}>
        <details>
          <summary>Rows that were left out</summary>
          <ul class="imp-kept">
            <For each={props.running.errors.slice(0, 100)}>
              {(error) => (
                <li>
                  <span class="num t3">Row {error.row}</span>
                  <span>
                    {error.field} {error.message}
                  </span>
                </li>
              )}
            </For>
          </ul>
        </details>
      </Show>
    </div>
  );
}
