import { A } from '@solidjs/router';
import { EmptyState } from '@rapport/ui/empty-state';
import { For, Show, createResource } from 'solid-js';
import { sentenceOf } from '../api/request.ts';
import type { Page } from '../api/shapes.ts';
import { placeOf } from '../search/record-places.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { Section } from './section.tsx';

interface OddValue {
  readonly noun: string;
  readonly doc: string;
  readonly record: string;
  readonly field: string;
  readonly problem: string;
  readonly raw: string | null;
}

/** Values that other programs wrote and that cannot be shown as they are, each with the way to its record. */
export function OddValues(props: { count: number | undefined }) {
  const workspace = useWorkspace();
  const [page] = createResource(
    () => props.count ?? false,
    async (): Promise<{ items: readonly OddValue[]; problem?: string }> => {
      try {
        return await workspace.api<Page<OddValue>>('GET', '/data-quality?limit=100');
      } catch (error) {
        return { items: [], problem: sentenceOf(error) };
      }
    },
  );
  /** An archive's cards are opened from their board. */
  const link = ({ noun, doc, record }: OddValue) => {
    const parent = doc.replace(/^board\//, '').replace(/~.*$/, '');
    const path = placeOf(noun)?.path({ noun, id: encodeURIComponent(record), parent });
    return path === undefined ? null : `/w/${workspace.workspaceId}${path}`;
  };
  const nameOf = ({ noun }: OddValue) => placeOf(noun)?.label ?? noun;
  return (
    <Section
      title="Odd values"
      count={props.count}
      lead="Programs wrote these, and they are shown as empty, cut or in no stage. Nothing of them is lost. Setting the field anew puts it right; a card with the id of another record is best deleted."
    >
      <FormProblem text={page.latest?.problem} />
      <Show
        when={(page.latest?.items.length ?? 0) > 0}
        fallback={
          <Show when={props.count === 0}>
            <EmptyState title="None">Every value of every record can be read as it stands.</EmptyState>
          </Show>
        }
      >
        <div class="set-scroll" tabindex="0" role="region" aria-label="Odd values">
          <table class="tbl set-odd">
            <thead>
              <tr>
                <th>Record</th>
                <th>Field</th>
                <th>What is odd</th>
                <th>What stands there</th>
              </tr>
            </thead>
            <tbody>
              <For each={page.latest?.items}>
                {(odd) => (
                  <tr>
                    <td>
                      <Show when={link(odd)} fallback={nameOf(odd)}>
                        {(href) => (
                          <A class="link" href={href()} aria-label={`Open ${nameOf(odd).toLowerCase()} ${odd.record}`}>
                            Open {nameOf(odd).toLowerCase()}
                          </A>
                        )}
                      </Show>
                    </td>
                    <td>{odd.field === '' ? 'All of it' : odd.field}</td>
                    <td>{odd.problem}</td>
                    <td class="t2 ellip">{odd.raw}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
    </Section>
  );
}
