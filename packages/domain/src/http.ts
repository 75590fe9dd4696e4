import type * as Y from 'yjs';

/** What a noun's routes are given of the server, per request. Types only: the server app provides it. */
export type Role = 'admin' | 'manager' | 'member' | 'viewer';

export interface Author {
  readonly actor: string;
  readonly via: 'rest' | 'import' | 'server';
  readonly agent?: string;
}

/** The workspace's live documents; see Hub in the sync package. Every promise resolves when the edit is durable. */
export interface Documents {
  exists(doc: string): Promise<boolean>;
  read<T>(doc: string, look: (doc: Y.Doc) => T): Promise<T>;
  transact<T>(doc: string, author: Author, edit: (doc: Y.Doc) => T): Promise<T>;
  transactAll<T>(docs: readonly string[], author: Author, edit: (docs: readonly Y.Doc[]) => T): Promise<T>;
  create(doc: string, author: Author, init: (doc: Y.Doc) => void): Promise<void>;
}

/** The workspace's read model, opened read-only. */
export interface ReadModel {
  all<Row>(sql: string, params?: readonly unknown[]): Row[];
  get<Row>(sql: string, params?: readonly unknown[]): Row | undefined;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** 1–12. */
  readonly colour: number;
  readonly role: Role;
  /** Came with an import and has not joined yet. */
  readonly pending: boolean;
}

/** A request to `/api/v1/w/:ws/…` by a member; membership was checked before it exists. */
export interface WorkspaceRequest {
  readonly workspaceId: string;
  readonly me: Member;
  readonly author: Author;
  readonly documents: Documents;
  readonly rows: ReadModel;
  members(): readonly Member[];
  /** Makes people that an import names: assignable and countable, without an account. */
  addPendingMembers(people: readonly { name: string; email?: string }[]): readonly Member[];
  now(): number;
  random(): number;
  newId(): string;
}

/** Hono environment of a noun's routes: `c.get('workspace')`. */
export interface WorkspaceEnv {
  Variables: { workspace: WorkspaceRequest };
}

/** An answer that is the caller's fault; the server app renders it as `{error: {code, message, fields?}}`. */
export class ApiError extends Error {
  readonly status: 400 | 403 | 404 | 409 | 413 | 422;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>> | undefined;
  constructor(status: ApiError['status'], code: string, message: string, fields?: Readonly<Record<string, string>>) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}
