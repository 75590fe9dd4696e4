import type { DuplicateNoun } from '@rapport/domain/duplicates/duplicate-api';
import { NewRecordDialog } from '@rapport/domain/duplicates/new-record-dialog.tsx';
import { useNavigate } from '@solidjs/router';
import { placeOf } from '../search/record-places.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';

/** Makes a contact or a company and goes to its page. */
export default function NewRecord(props: { noun: DuplicateNoun; onClose: () => void }) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const pathOf = (id: string) =>
    `/w/${workspace.workspaceId}${placeOf(props.noun)?.path({ noun: props.noun, id, parent: null }) ?? ''}`;
  return (
    <NewRecordDialog
      workspace={workspace}
      noun={props.noun}
      pathOf={pathOf}
      onClose={() => props.onClose()}
      onMade={(id) => {
        const path = pathOf(id);
        props.onClose();
        navigate(path);
      }}
    />
  );
}
