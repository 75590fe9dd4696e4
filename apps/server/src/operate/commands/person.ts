import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openControl } from '../../control/database.ts';
import { makeAuditLog } from '../../control/audit.ts';
import { makeIds } from '@rapport/doc/ids';
import type { Command, CommandContext } from '../commands.ts';
import { refuseNewerFolder } from '../format.ts';
import { eraseAccount } from '../person/erase-account.ts';
import { exportPerson } from '../person/export-person.ts';
import { OperateProblem } from '../problem.ts';
import { refuseRunningServer } from '../restore.ts';

/** What is kept about a person, as JSON for them. */
export const personExport: Command = {
  takes: 'EMAIL [--to FILE]',
  does: 'write what is kept about a person with an account, as JSON',
  options: { to: { type: 'string' } },
  async run(context, [email, ...others], { to }) {
    if (email === undefined || others.length > 0) throw new OperateProblem('export-person takes one e-mail address.');
    const file = resolve(typeof to === 'string' ? to : 'person.json');
    if (existsSync(file)) throw new OperateProblem(`${file} is there already.`);
    withControl(context, (control, audit) => {
      const person = exportPerson(context.dataDir, control.handle, email);
      writeFileSync(file, `${JSON.stringify(person, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
      for (const { id, workspace_id: workspaceId } of membershipsIn(control.handle, email))
        audit.record({ workspaceId, actor: null, action: 'person-exported', target: id });
    });
    context.say(file);
    return 0;
  },
};

/** Deletes an account and takes its name off everything; says where the bytes still are. */
export const accountErasure: Command = {
  takes: 'EMAIL',
  does: 'delete an account and its name; says which files still hold them',
  options: {},
  async run(context, [email, ...others]) {
    if (email === undefined || others.length > 0) throw new OperateProblem('erase-account takes one e-mail address.');
    refuseRunningServer(context.dataDir);
    const { memberIds, remainingIn } = withControl(context, (control, audit) => {
      const erased = eraseAccount(context.dataDir, control.handle, email, context.now());
      for (const { workspaceId, memberId } of erased.memberIds)
        audit.record({ workspaceId, actor: null, action: 'person-erased', target: memberId });
      return erased;
    });
    context.say(`The account is deleted; ${memberIds.length} memberships say “Removed person”.`);
    if (remainingIn.length === 0) {
      context.say('No file below the data folder holds the name or the address any more.');
      return 0;
    }
    context.say('The name or the address is still in what people wrote, or in older copies:');
    for (const path of remainingIn) context.say(`  ${path}`);
    return 1;
  },
};

function withControl<T>(
  { dataDir, now }: CommandContext,
  work: (control: ReturnType<typeof openControl>, audit: ReturnType<typeof makeAuditLog>) => T,
): T {
  refuseNewerFolder(dataDir);
  if (!existsSync(resolve(dataDir, 'control.sqlite')))
    throw new OperateProblem(`There is no control.sqlite in ${dataDir}.`);
  const control = openControl(dataDir, now);
  try {
    return work(control, makeAuditLog({ database: control.handle, newId: makeIds({ now, random: Math.random }), now }));
  } finally {
    control.close();
  }
}

const membershipsIn = (control: ReturnType<typeof openControl>['handle'], email: string) =>
  control
    .prepare<[string], { id: string; workspace_id: string }>(
      'SELECT m.id, m.workspace_id FROM members m JOIN user u ON u.id = m.user_id WHERE lower(u.email) = lower(?)',
    )
    .all(email);
