import { Avatar } from '@rapport/ui/avatar';
import type { JSX } from 'solid-js';
import type { Member } from '../people/member.ts';

/** A member's face before their name in a list. */
export const avatarMark = (member: Member): (() => JSX.Element) =>
  function Mark() {
    return <Avatar person={member} size={18} decorative />;
  };
