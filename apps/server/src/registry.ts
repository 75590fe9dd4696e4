import { activity } from '@rapport/domain/activity/noun.node';
import { deals } from '@rapport/domain/deals/noun.node';
import type { Noun } from '@rapport/domain/http/workspace-context.node';
import { imports } from '@rapport/domain/imports/noun.node';
import { reports } from '@rapport/domain/reports/noun.node';
import { workspace } from '@rapport/domain/workspace/noun.node';

/** What this server is made of: a noun is one line. */
export const nouns: readonly Noun[] = [workspace, deals, imports, reports, activity];
