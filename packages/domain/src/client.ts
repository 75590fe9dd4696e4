import type { Json } from '@rapport/doc/json';
import type { Applied, Patch } from '@rapport/doc/patch';
import type { RemoteStep } from '@rapport/doc/undo';
import type { FieldSpecs } from '@rapport/schema/fields';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Team } from './access/share.ts';
import type { HeldWrites } from './held-writes.ts';
import type { KeptTables } from './tables/kept-table.ts';
import type { Member } from './people/member.ts';

/** What screens are given of the browser's side of a workspace. Types only: the web app provides it. */

/** What an edit is called in the list of pending changes and in history, e.g. `Moved “Blood-bank fridges” to Proposal`. */
export interface ChangeLabel {
  readonly kind: string;
  /** One sentence without a full stop, in the past tense. */
  readonly text: string;
  readonly record?: string;
}

/** Where somebody is and what they hold; the rest of the awareness state is the server's (`user`). */
export interface Presence {
  readonly board?: string;
  readonly record?: string | null;
  /** Field being edited, on `record`. */
  readonly field?: string | null;
  /** Cards being dragged and the slot they hover over. */
  readonly drag?: {
    readonly ids: readonly string[];
    readonly laneId: string;
    /** The card above the slot; null: top. */
    readonly afterId: string | null;
    /** Where the pointer is: a share of the lane's width, and pixels from the top of the lane's list. */
    readonly x: number;
    readonly y: number;
  } | null;
  /** The thread of comments in which somebody writes, or `new`. */
  readonly writing?: string | null;
  /** View state (URL search) for those who follow. */
  readonly view?: string;
  /** Epoch ms of the last input; idle after 5 minutes. */
  readonly activeAt?: number;
}

export interface PersonHere {
  readonly clientId: number;
  readonly member: { readonly id: string; readonly name: string; readonly colour: number };
  readonly presence: Presence;
}

/** A shared document while a screen uses it. */
export interface OpenDocument {
  /** The document now; it is replaced when the server refused local changes (see `onReplaced`). */
  readonly doc: Y.Doc;
  /** Resolves when it can be shown: from the local copy or from the server, whichever is first. */
  readonly ready: Promise<void>;
  readonly access: () => 'read' | 'write';
  /** Calls back when `access` changed: a role can be given and taken while the document is open. */
  onAccess(listener: () => void): () => void;
  /** Null, or the server's word that this person may not open it (any more). */
  refusal: () => string | null;
  onRefusal(listener: () => void): () => void;
  /** Whether there is nothing to show of it now: this device does not have it, and there is no connection. */
  isAway(): boolean;
  onAway(listener: () => void): () => void;
  onReplaced(listener: (doc: Y.Doc) => void): () => void;
  /** Others on this document; updated live. */
  people(): readonly PersonHere[];
  onPeople(listener: () => void): () => void;
  setPresence(presence: Presence): void;
  /** Who is here, as an editor of text needs it: cursors move without a screen. It is replaced with the document. */
  awareness(): Awareness;
  /** Ids of records with local changes that are not saved yet. */
  pendingRecords(): ReadonlySet<string>;
  onPending(listener: () => void): () => void;
  release(): void;
}

/** One thing a person did; it may span documents. */
export interface Step {
  readonly label: ChangeLabel;
  readonly parts: readonly { readonly doc: string; readonly applied: Applied }[];
}

export interface WorkspaceClient {
  readonly workspaceId: string;
  readonly me: Member;
  /** Reactive. */
  members(): ReadonlyMap<string, Member>;
  /** Reactive: the teams of the workspace; none until they are first asked for and known on this device. */
  teams(): readonly Team[];
  /** Reactive: specs of a noun's custom fields by key. */
  customFields(noun: string): FieldSpecs;
  /** Reactive: of amounts that name no currency, outside of a pipeline: that of the first pipeline. */
  currency(): string;
  open(docName: string): OpenDocument;
  /** Applies a patch as one undoable step of this person; returns what it changed. */
  perform(doc: OpenDocument, docName: string, patch: Patch, label: ChangeLabel): Applied;
  /** Notes a step that the server did already; the person's undo takes it back the same way. */
  performed(label: ChangeLabel, remote: RemoteStep): void;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** REST below `/api/v1/w/:ws`; rejects with an Error that has `code`, `status`, `fields`. */
  api<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: Json): Promise<T>;
  /** Writes that are not lost when there is no connection. */
  readonly held: HeldWrites;
  /** Tables as they were on screen last, for when there is no connection. */
  readonly keptTables: KeptTables;
  /** Calls back when one of the read model's tables changed, at most ten times a second. */
  onChanged(tables: readonly string[], listener: () => void): () => void;
  toast(toast: {
    text: string;
    tone?: 'info' | 'danger';
    action?: { label: string; run: () => void; keys?: string };
  }): void;
  announce(text: string): void;
  now(): number;
  random(): number;
  newId(): string;
}
