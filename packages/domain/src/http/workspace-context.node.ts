import type { Result } from '@rapport/doc/result';
import type { Author, DocumentKind, Hub, Via } from '@rapport/sync/server/ports';
import type { Hono, MiddlewareHandler } from 'hono';
import type { Audit } from '../audit/actions.ts';
import type { Member } from '../people/member.ts';
import type { RowOwners, ShareableTable } from '../access/row-owners.ts';
import type { Share, Team, ThingAccess } from '../access/share.ts';
import type { DuplicateBook } from '../duplicates/book.ts';
import type { KeptUploads } from '../imports/kept-upload.node.ts';
import { mayAct, type Role } from '../people/roles.ts';
import { refuse } from './api-error.node.ts';
import type { Query, SqlParams } from './query.ts';

export type { Query, SqlParams };

/**
 * A heavy read under a name. The server runs it on a thread of its own, so that it delays no keystroke: `run` is pure on
 * what it is given, sees one state of the tables, and takes and answers plain data. Its outcome is shared by all who ask
 * the same of the same rows within seconds, so `now` (epoch ms) is that of the first of them.
 */
export interface ReadJob<Args, Outcome> {
  /** Unique among all jobs. */
  readonly name: string;
  readonly run: (query: Query, args: Args, now: number) => Outcome;
}

/** Runs a heavy read; what was committed before the call is seen. Rejects when the job throws or too many wait. */
export type Read = <Args, Outcome>(job: ReadJob<Args, Outcome>, args: Args) => Promise<Outcome>;

/** Who makes this request: a member, perhaps through an API key. */
export interface Actor {
  readonly memberId: string;
  readonly name: string;
  readonly colour: number;
  /** What this request may do: of a key, the lesser of the key's role and the member's. */
  readonly role: Role;
  /** The API key's id. */
  readonly agent?: string;
}

/** The people of one workspace, as nouns see them. */
export interface People {
  /** Current people, pending ones included; with `removed` also those who left. */
  list(include?: { removed: boolean }): readonly Member[];
  get(id: string): Member | null;
  /** Finds or adds people without an account by name (ignoring case), in the order given: owners in an import. */
  ensurePending(names: readonly string[]): readonly Member[];
  /**
   * Adds people without an account, unless somebody of that e-mail or name (ignoring case) is here, who then gets the
   * e-mail if they have none and no account. Answers who they are, in the order given; roles of those here stay.
   */
  bring(people: readonly NewPerson[]): readonly Member[];
  /** Takes an address back from people without an account who still have it. */
  dropAddresses(given: readonly { readonly member: string; readonly email: string }[]): void;
  /** Takes back people that an import added, unless they have joined meanwhile. */
  dropPending(ids: readonly string[]): void;
}

/** Somebody who is to come in without an account. */
export interface NewPerson extends Pick<Member, 'id' | 'name' | 'email' | 'role'> {}

/** The teams of one workspace. Changes are live and in the audit log; whether the caller may make them, the caller knows. */
export interface Teams {
  list(): readonly Team[];
  save(team: Team): void;
  drop(id: string): void;
  /** Whether something is shared with it. */
  isGranted(id: string): boolean;
}

/** The documents of a workspace, as far as the caller may open them; else these reject and the reply is 403. */
export type Documents = Pick<Hub, 'transact' | 'transactAll' | 'read' | 'create' | 'exists'>;

/**
 * What a noun's route works with; membership is already checked. `hub`, `query` and `read` know only what the caller may
 * open: a row of a board that is not shared with them is not there, for any query.
 */
export interface WorkspaceContext {
  readonly id: string;
  readonly hub: Documents;
  /** The same for routes that write nothing but comments: who may comment may write through it. */
  readonly commentHub: Pick<Documents, 'transact'>;
  /** For what a moment answers: it runs on the main thread. */
  readonly query: Query;
  /** For what takes milliseconds: reports, counts over many rows. The job must be listed in the server's `read-jobs.ts`. */
  readonly read: Read;
  readonly people: People;
  readonly teams: Teams;
  readonly actor: Actor;
  /** Every row, whoever asks: for decisions that must count what the caller may not see. Nothing of it goes into a reply. */
  readonly everyRow: Query;
  /** What the caller may do with a thing (see `RowOwners`); one that does not exist is like one that everybody may edit. */
  accessTo(id: string): ThingAccess;
  /** With whom it is shared: as was said of it, else of what it lies in, else with everybody. */
  shareOf(id: string): Share;
  /** Says with whom a thing is shared; before it is made, so that nobody sees it in between. The caller owns it. */
  shareNew(id: string, share: Share): void;
  /** What a thing lies in: the folder of a note, the record of a file. */
  parentOf(id: string): string | null;
  /**
   * Puts a thing into another, whose share is then its own unless it has one. Takes the right to edit both (else rejects
   * as `hub` does, with 403); fails as a value when it would lie in itself. Open connections follow at once.
   */
  placeIn(id: string, parent: string | null): Result<null, 'in-itself'>;
  /** Which likenesses are none, and how much alike is shown. */
  readonly duplicates: DuplicateBook;
  /** Adds a line to the workspace's audit log, as the actor. Call it when the change is done; it throws when it cannot. */
  readonly audit: Audit;
  /** The author to write with; `rest` unless told otherwise. `agent` replaces the key's id, e.g. by an import's. */
  author(via?: Via, agent?: string): Author;
}

export interface WorkspaceEnv {
  Variables: { workspace: WorkspaceContext };
}

/** What is the same for every request. */
export interface NounDeps {
  readonly now: () => number;
  readonly newId: () => string;
  readonly publicUrl: string;
  /** For what a person cannot be told in a reply; never customers' text. */
  readonly warn: (details: Readonly<Record<string, unknown>>, message: string) => void;
  /** Whether the server can send e-mail (SMTP_URL); left out: it cannot. */
  readonly sendsMail?: boolean;
  /** Program of the thread that reads files for an import; without it they are read where everything else runs. */
  readonly fileWorker?: URL;
  /** Where files of imports are kept while they run; without it one that is cut off cannot go on. */
  readonly keptUploads?: KeptUploads;
}

/** A workspace as background work sees it: all of it. */
export interface AttendedWorkspace {
  readonly id: string;
  readonly hub: Hub;
  readonly query: Query;
  /** For what takes seconds or minutes: on a thread of its own, where nobody waits for a page. Every row is seen. */
  readonly readSlowly: Read;
  /** What a member may do with a thing now. */
  accessOf(memberId: string, id: string): ThingAccess;
  /** To go on with what a member began, as they may now and with no more than `role`; null for who is not here any more. */
  as(memberId: string, role: Role): Promise<WorkspaceContext | null>;
  /** Adds a line to the audit log, as the server itself. */
  readonly audit: Audit;
  /** Current people, pending ones included. */
  people(): readonly Member[];
  teams(): readonly Team[];
}

/** All that the server knows of a noun: one registry line. */
export interface Noun {
  readonly name: string;
  readonly kinds: readonly DocumentKind[];
  /** Statements that make the noun's tables. Rows are derived: when these change, all are rebuilt from the log. */
  readonly readModel: readonly string[];
  /** What the rows of its tables belong to; without it a table is empty for all from whom anything is hidden. */
  readonly rowOwners?: RowOwners;
  /** Its tables whose rows can be shared, each by its id: `GET` and `PUT /shares/:id` know them. */
  readonly shareable?: readonly ShareableTable[];
  /** Raise it when the projection gives other rows from the same log, so that they are rebuilt. */
  readonly projectionVersion?: number;
  /** Mounted at `/api/v1/w/:ws`; handlers read `c.var.workspace`. */
  readonly routes?: (deps: NounDeps) => Hono<WorkspaceEnv>;
  /** Called when a workspace is opened: its background work. Answers how to end it; documents are still open then. */
  readonly onWorkspaceOpened?: (workspace: AttendedWorkspace, deps: NounDeps) => () => void;
  /** Called after a workspace was made, as its creator: its first documents. */
  readonly onWorkspaceCreated?: (workspace: WorkspaceContext, deps: NounDeps) => Promise<void>;
  /** Gives what is open of one person to another, or to nobody, as edits by the caller. Answers how many records. */
  readonly handOver?: (workspace: WorkspaceContext, from: string, to: string | null, deps: NounDeps) => Promise<number>;
  /** Asked before a member's connection opens a document: false closes it with 4403. May make the document first. */
  readonly admit?: (doc: string, memberId: string, hub: Hub) => Promise<boolean>;
}

/** Refuses callers with a lesser role: `app.post('/boards', requireRole('member'), …)`. */
export const requireRole =
  (least: Role): MiddlewareHandler<WorkspaceEnv> =>
  async (c, next) => {
    const { role } = c.var.workspace.actor;
    if (!mayAct(role, least)) return refuse(c, 'forbidden', `This takes the role ${least} or more; yours is ${role}.`);
    return next();
  };
