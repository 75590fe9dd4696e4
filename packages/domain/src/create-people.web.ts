import { sameJson } from '@rapport/doc/json';
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { OpenDocument, PersonHere, Presence } from './client.ts';
import { type Cells, createCells } from './create-cells.web.ts';

/** A colleague at a record: has it open, drags it, or (with `field`) is editing in it. */
export interface Holder {
  readonly id: string;
  readonly name: string;
  readonly colour: number;
  readonly field: string | null;
  readonly isDragging: boolean;
}

export interface People {
  /** Colleagues on this board, one entry per person (the tab they used last); without me. */
  readonly here: Accessor<readonly PersonHere[]>;
  /** Who is at which deal. */
  readonly holders: Cells<Holder>;
  /** Deals with changes of mine that are not saved yet. */
  readonly pending: Cells<{ readonly isPending: true }>;
}

function latestTabs(people: readonly PersonHere[], myId: string): PersonHere[] {
  const byMember = new Map<string, PersonHere>();
  for (const person of people) {
    if (person.member.id === myId) continue;
    const known = byMember.get(person.member.id);
    if (!known || (person.presence.activeAt ?? 0) > (known.presence.activeAt ?? 0))
      byMember.set(person.member.id, person);
  }
  return [...byMember.values()].sort((a, b) => a.clientId - b.clientId);
}

function holdersOf(people: readonly PersonHere[]): Map<string, Holder> {
  const holders = new Map<string, Holder>();
  for (const { member, presence } of people) {
    const holder = (field: string | null, isDragging: boolean): Holder => ({ ...member, field, isDragging });
    const known = presence.record == null ? undefined : holders.get(presence.record);
    // Who edits stands before who only looks.
    if (presence.record != null && (!known || (known.field === null && presence.field != null)))
      holders.set(presence.record, holder(presence.field ?? null, false));
    for (const id of presence.drag?.ids ?? []) holders.set(id, holder(null, true));
  }
  return holders;
}

/** Puts a new set of records into cells: what is gone goes, what is equal is left alone. */
function replaceAll<R extends object>(cells: Cells<R>, next: ReadonlyMap<string, R>): void {
  const changed: [string, R | undefined][] = [];
  for (const id of cells.all.keys()) if (!next.has(id)) changed.push([id, undefined]);
  for (const [id, record] of next) if (!sameJson(cells.peek(id), record)) changed.push([id, record]);
  if (changed.length > 0) cells.update(changed);
}

export function createPeople(document: OpenDocument, myId: string): People {
  const [here, setHere] = createSignal<readonly PersonHere[]>([], { equals: sameJson });
  const holders = createCells<Holder>();
  const pending = createCells<{ isPending: true }>();
  const readPeople = () => {
    const people = latestTabs(document.people(), myId);
    setHere(people);
    replaceAll(holders, holdersOf(people));
  };
  const readPending = () =>
    replaceAll(pending, new Map([...document.pendingRecords()].map((id) => [id, { isPending: true as const }])));
  readPeople();
  readPending();
  onCleanup(document.onPeople(readPeople));
  onCleanup(document.onPending(readPending));
  return { here, holders, pending };
}

const tellEveryMs = 100;

/** Tells colleagues where I am and what I hold, at most ten times a second, the last state always. */
export function createPresence(document: OpenDocument, presence: Accessor<Presence>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAt = 0;
  const told = createMemo(presence, undefined, { equals: sameJson });
  const tell = () => {
    timer = undefined;
    lastAt = performance.now();
    document.setPresence(told());
  };
  createEffect(
    on(told, () => {
      if (timer !== undefined) return;
      timer = setTimeout(tell, Math.max(0, tellEveryMs - (performance.now() - lastAt)));
    }),
  );
  onCleanup(() => {
    clearTimeout(timer);
    document.setPresence({});
  });
}
