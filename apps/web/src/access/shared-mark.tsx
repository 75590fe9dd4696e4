import type { Shared } from '@rapport/domain/access/share';
import { Icon } from '@rapport/ui/icon';
import Lock from 'lucide-solid/icons/lock';
import UsersRound from 'lucide-solid/icons/users-round';

/** A pipeline that not everybody may open: a lock for a private one, people for one that is shared with some. */
export function SharedMark(props: { shared: Exclude<Shared, 'everyone'> }) {
  const text = () => (props.shared === 'private' ? 'Private' : 'Shared with some');
  return (
    <span class="shared-mark t3" title={text()}>
      <Icon of={props.shared === 'private' ? Lock : UsersRound} size={12} />
      <span class="sr">{text()}</span>
    </span>
  );
}
