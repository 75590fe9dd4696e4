import type { Member } from '@rapport/domain/people/member';
import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { AwayField } from './away-field.tsx';

/** Until when one person is away; what is chosen is saved at once. */
export function AwayDialog(props: { member: Member; onClose: () => void }) {
  return (
    <Dialog
      open
      title={`${props.member.name}: away`}
      onClose={() => props.onClose()}
      footer={<Button onClick={() => props.onClose()}>Close</Button>}
    >
      <AwayField member={props.member} onDone={() => props.onClose()} />
    </Dialog>
  );
}
