import type { FieldSpecs } from '@rapport/schema/fields';
import { customFieldsOf } from '../custom-fields.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';

/** The workspace's custom fields of a noun. */
export const customFieldsIn = (hub: Pick<WorkspaceContext['hub'], 'read'>, noun: string): Promise<FieldSpecs> =>
  hub.read('workspace', (doc) => customFieldsOf(doc, noun));
