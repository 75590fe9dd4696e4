import { A } from '@solidjs/router';
import { EmptyState } from '@rapport/ui/empty-state';
import { For, Show, createResource } from 'solid-js';
import { sentenceOf } from '../api/request.ts';
import type { Page } from '../api/shapes.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { Section } from './section.tsx';

interface OddValue {
  readonly doc: string;
  readonly record: string;
  readonly field: string;
  readonly problem: string;
  readonly raw: string | null;
}

/** Values that other programs wrote and that cannot be shown as they are, each with the way to its deal. */
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
  /** An archive's deals are opened from their pipeline. */
  const link = ({ doc, record }: OddValue) => {
    const board = doc.replace(/^board\//, '').replace(/~.*$/, '');
    return `/w/${workspace.workspaceId}/b/${board}?deal=${encodeURIComponent(record)}`;
  };
  return (
    <Section
      title="Odd values"
      count={props.count}
      lead="Programs wrote these, and they are shown as empty, cut or in no stage. Nothing of them is lost; whoever sets the field puts it right."
    >
      <FormProblem text={page.latest?.problem} />
      <Show
        when={(page.latest?.items.length ?? 0) > 0}
        fallback={
          <Show when={props.count === 0}>
            <EmptyState title="None">Every value of every deal can be read as it stands.</EmptyState>
          </Show>
        }
      >
        <div class="set-scroll" tabindex="0" role="region" aria-label="Odd values">
          <table class="tbl set-odd">
            <thead>
              <tr>
                <th>Deal</th>
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
                      <A class="link" href={link(odd)} aria-label={`Open deal ${odd.record}`}>
                        Open deal
                      </A>
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
