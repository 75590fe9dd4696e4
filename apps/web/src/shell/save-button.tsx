import { LatePart, late } from '@rapport/ui/late';
import { SaveStatus } from '@rapport/ui/save-status';
import type { SaveState } from '@rapport/ui/logic/save-words';
import type { SessionStatus } from '@rapport/sync/client/session';
import { saveWord } from '@rapport/sync/client/status';
import { onCleanup } from 'solid-js';
import { createSaveStatus } from '../workspace/save-status.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';

export const SavePanel = late(async () => (await import('./save-panel.tsx')).SavePanel);

/** The state of saving as the design words it. */
function saveStateOf(status: SessionStatus): SaveState {
  const word = saveWord(status);
  if (word.word === 'refused') return { kind: 'rejected', count: word.count };
  if (word.word === 'saved') return { kind: 'saved' };
  if (word.word === 'not-saved') return { kind: 'not-saved', count: word.count, reason: word.reason };
  return { kind: word.word, count: word.count };
}

/** Saving, as it is, at the top of every page; it opens the list of what waits. */
export function SaveButton() {
  const workspace = useWorkspace();
  const status = createSaveStatus(workspace);
  // The only case in which closing the tab loses something.
  const warn = (event: BeforeUnloadEvent) => {
    if (status().unsaved > 0 && !status().isKeptOnDevice) event.preventDefault();
  };
  addEventListener('beforeunload', warn);
  onCleanup(() => removeEventListener('beforeunload', warn));
  return (
    <SaveStatus
      state={saveStateOf(status())}
      list={() => (
        <LatePart>
          <SavePanel status={status()} />
        </LatePart>
      )}
    />
  );
}
