import { RadioCards } from '@rapport/ui/radio-cards';
import { request } from '../api/request.ts';
import type { Board, Page, WorkspaceSummary } from '../api/shapes.ts';

/** What a new workspace begins with. */
export type Start = 'empty' | 'import' | 'demo';

export const startButtons: Record<Start, string> = {
  empty: 'Create workspace',
  import: 'Create and choose a file',
  demo: 'Create with demo data',
};

export function StartChoice(props: { value: Start; onChange: (value: Start) => void }) {
  return (
    <RadioCards
      label="Start with"
      value={props.value}
      onChange={props.onChange}
      options={[
        { value: 'empty', title: 'An empty workspace', text: 'One pipeline with five stages that you can rename' },
        {
          value: 'import',
          title: 'Your old CRM’s export',
          text: 'CSV, Excel or vCard. You check it before anything is saved',
        },
        { value: 'demo', title: 'Demo data', text: 'Fictional colleagues and 64 deals, to look around' },
      ]}
    />
  );
}

/** Makes a workspace with its first board and answers where to go. Demo data that fails leaves an empty board. */
export async function createWorkspaceWith(name: string, start: Start): Promise<{ path: string; problem?: string }> {
  const workspace = await request<WorkspaceSummary>('POST', '/api/v1/workspaces', { name: name.trim() });
  const base = `/api/v1/w/${workspace.id}`;
  let problem: string | undefined;
  if (start === 'demo') {
    try {
      await request('POST', `${base}/demo`);
    } catch (error) {
      problem = `The demo data was not made: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  const boards = await request<Page<Board>>('GET', `${base}/boards`);
  const board =
    boards.items[0] ?? (await request<Board>('POST', `${base}/boards`, { name: 'New business', kind: 'deals' }));
  const path = start === 'import' ? `/w/${workspace.id}/import` : `/w/${workspace.id}/b/${board.id}`;
  return problem === undefined ? { path } : { path, problem };
}
