import type { PersonHere } from '@rapport/domain/client';
import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js';
import type { Workspace } from './client.ts';

const idleAfterMs = 5 * 60 * 1000;
const noteInputEveryMs = 30_000;
const lookAgainMs = 60_000;

/** A colleague who has Rapport open, and where. */
export interface Here {
  readonly id: string;
  readonly name: string;
  readonly colour: number;
  readonly isIdle: boolean;
  readonly board: string | null;
  /** Path and search of the page they see. */
  readonly view: string | null;
}

/** One line per person, the tab in which they last did something; without `myId`. */
export function gather(people: readonly PersonHere[], myId: string, nowMs: number): Here[] {
  const byId = new Map<string, PersonHere>();
  for (const person of people) {
    const known = byId.get(person.member.id);
    const isNewer = (person.presence.activeAt ?? 0) > (known?.presence.activeAt ?? -1);
    if (person.member.id !== myId && isNewer) byId.set(person.member.id, person);
  }
  return [...byId.values()]
    .map(({ member, presence }) => ({
      ...member,
      isIdle: nowMs - (presence.activeAt ?? nowMs) > idleAfterMs,
      board: presence.board ?? null,
      view: presence.view ?? null,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Who else is in the workspace; and tells them where I am, which `location` answers reactively elsewhere. */
export function createHere(workspace: Workspace): {
  people: Accessor<readonly Here[]>;
  setLocation: (place: { view: string; board?: string }) => void;
  /** The cell of a table that I edit; null: none. */
  setCell: (cell: { record: string; field: string } | null) => void;
} {
  const document = workspace.open('workspace');
  const read = () => gather(document.people(), workspace.me.id, Date.now());
  const [people, setPeople] = createSignal<readonly Here[]>([]);
  let place: { view: string; board?: string } = { view: '' };
  let cell: { record: string; field: string } | null = null;
  let activeAt = Date.now();
  const tell = () => document.setPresence({ ...place, ...cell, activeAt });
  const noteInput = () => {
    if (Date.now() - activeAt < noteInputEveryMs) return;
    activeAt = Date.now();
    tell();
  };
  onMount(() => setPeople(read()));
  const stop = document.onPeople(() => setPeople(read()));
  const timer = setInterval(() => setPeople(read()), lookAgainMs);
  addEventListener('pointerdown', noteInput);
  addEventListener('keydown', noteInput);
  onCleanup(() => {
    stop();
    clearInterval(timer);
    removeEventListener('pointerdown', noteInput);
    removeEventListener('keydown', noteInput);
    document.release();
  });
  return {
    people,
    setCell(next) {
      if (next === null && cell === null) return;
      cell = next;
      activeAt = Date.now();
      tell();
    },
    setLocation(next) {
      place = next;
      activeAt = Date.now();
      tell();
    },
  };
}
