import type { Person } from '@rapport/ui/logic/person';
import { createSignal, onCleanup, type Accessor } from 'solid-js';
import type { OpenDocument, WorkspaceClient } from '../client.ts';

/** Colleagues who have the note open, each once, without me. */
export function createHere(document: OpenDocument, workspace: WorkspaceClient): Accessor<readonly Person[]> {
  const read = (): Person[] => {
    const people = new Map<string, Person>();
    for (const { member } of document.people())
      if (member.id !== workspace.me.id) people.set(member.id, { ...member, state: 'here' });
    return [...people.values()].sort((a, b) => a.name.localeCompare(b.name));
  };
  const [here, setHere] = createSignal<readonly Person[]>(read(), {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  onCleanup(document.onPeople(() => setHere(read())));
  return here;
}
