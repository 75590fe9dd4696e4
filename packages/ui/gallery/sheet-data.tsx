import Columns from 'lucide-solid/icons/columns-2';
import Trash from 'lucide-solid/icons/trash';
import { Avatar } from '../src/avatar.tsx';
import type { Option } from '../src/option-list.tsx';
import { StageMark } from '../src/stage-mark.tsx';
import { people } from './people.ts';

export const states = ['', 'is-hover', 'is-active', 'is-focus'];
export const stages: Option[] = [
  {
    id: 'negotiation',
    label: 'Negotiation',
    mark: () => <StageMark probability={75} />,
    keys: '4',
    heading: 'Move to',
  },
  { id: 'verbal', label: 'Verbal yes', mark: () => <StageMark probability={90} />, keys: '5' },
  { id: 'won', label: 'Won', mark: () => <StageMark probability={100} />, forbidden: 'Only Sales may close deals' },
  {
    id: 'other',
    label: 'Other pipeline',
    icon: Columns,
    separated: true,
    items: [{ id: 'renewals', label: 'Renewals' }],
  },
  { id: 'delete', label: 'Delete', icon: Trash, tone: 'danger' },
];
export const owners: Option[] = people.map((person) => ({
  id: person.id,
  label: person.name,
  mark: () => <Avatar person={person} decorative />,
}));
