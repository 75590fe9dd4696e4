import { applyPatch, type Applied } from '@rapport/doc/patch';
import { ok, type Result } from '@rapport/doc/result';
import type { Context } from 'hono';
import type * as Y from 'yjs';
import { refuse, type ErrorCode } from '../http/api-error.node.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import type { OpError, OpResult } from './ops.ts';

/** Plans an operation on the live document and applies it, durably; a refusal leaves the document as it was. */
export function perform(
  ws: WorkspaceContext,
  doc: string,
  plan: (doc: Y.Doc) => OpResult,
): Promise<Result<Applied, OpError>> {
  return ws.hub.transact(doc, ws.author(), (live) => {
    const planned = plan(live);
    return planned.ok ? ok(applyPatch(live, planned.value)) : planned;
  });
}

const codes: Readonly<Record<OpError['code'], ErrorCode>> = {
  'no-such-card': 'not-found',
  'no-such-stage': 'invalid',
  'fields-needed': 'invalid',
  'reason-needed': 'invalid',
  'not-by-move': 'invalid',
  'invalid-value': 'invalid',
  'unknown-field': 'invalid',
};

/** An operation's refusal as the API's error. */
export const refuseOp = (c: Context, error: OpError): Response =>
  refuse(
    c,
    codes[error.code],
    error.message,
    error.fields ?? (error.code === 'no-such-stage' ? { stage: 'does not exist' } : undefined),
  );
