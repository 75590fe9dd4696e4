import { dateText, localDay } from '@rapport/domain/fields/field-text';
import type { Member } from '@rapport/domain/people/member';
import { DateField } from '@rapport/ui/date-field';
import { sentenceOf } from '../api/request.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';

/** The last day on which somebody is away, as long as it has not gone by. */
export function awayDay(member: Pick<Member, 'awayUntil'> | undefined, now: number): string | null {
  const until = member?.awayUntil ?? null;
  return until === null || until < localDay(now) ? null : until;
}

/** Says until when oneself, or (an admin) somebody else is away. */
export function AwayField(props: { member: Member; onDone?: () => void }) {
  const workspace = useWorkspace();
  const isMe = () => props.member.id === workspace.me.id;
  const until = () => awayDay(workspace.members().get(props.member.id), workspace.now());
  const save = async (day: string | null): Promise<void> => {
    const before = until();
    if (day === before) return;
    const { id } = props.member;
    const put = async (awayUntil: string | null): Promise<boolean> => {
      try {
        const path = id === workspace.me.id ? '/me' : `/members/${id}`;
        await workspace.api('PATCH', path, { awayUntil });
        await workspace.queries.refetchQueries({ queryKey: workspace.membersKey });
        return true;
      } catch (error) {
        workspace.toast({ text: `Not saved. ${sentenceOf(error)}`, tone: 'danger' });
        return false;
      }
    };
    if (!(await put(day))) return;
    const who = isMe() ? 'You are' : `${props.member.name} is`;
    workspace.toast({
      text: day === null ? `${who} back` : `${who} away until ${dateText(day)}`,
      action: { label: 'Undo', run: () => void put(before) },
    });
    props.onDone?.();
  };
  return (
    <DateField
      label="Away until"
      hint={`The last day away: until then rules give ${isMe() ? 'you' : 'them'} no leads. Empty it for being here.`}
      today={localDay(workspace.now())}
      value={until()}
      onCommit={(day) => void save(day)}
    />
  );
}
