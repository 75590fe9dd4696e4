import { applyPatch, type Patch } from '@rapport/doc/patch';
import { ok, type Result } from '@rapport/doc/result';
import type { Context } from 'hono';
import type * as Y from 'yjs';
import { refuse } from '../http/api-error.node.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import type { RecordError } from './ops.ts';

/** Plans an operation on the live document and applies it, durably; a refusal leaves the document as it was. */
export const perform = (
  ws: WorkspaceContext,
  doc: string,
  plan: (doc: Y.Doc) => Result<Patch, RecordError>,
): Promise<Result<null, RecordError>> =>
  ws.hub.transact(doc, ws.author(), (live) => {
    const planned = plan(live);
    if (!planned.ok) return planned;
    applyPatch(live, planned.value);
    return ok(null);
  });

/** An operation's refusal as the API's error. */
export const refuseOp = (c: Context, { code, message, fields }: RecordError): Response =>
  refuse(c, code === 'no-such-entry' ? 'not-found' : 'invalid', message, fields);
