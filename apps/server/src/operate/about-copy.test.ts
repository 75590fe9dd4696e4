import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { openControl } from '../control/database.ts';
import { makeMembers } from '../control/members.ts';
import { aboutCopy, aboutWorkspace } from './about-copy.ts';
import { admitWorkspace } from './admit-workspace.ts';

test('people travel with a workspace, also until when they are away; copies of earlier versions do not say', () => {
  const [from, to] = ['from', 'to'].map((name) => mkdtempSync(join(tmpdir(), `rapport-about-${name}-`)));
  try {
    const control = openControl(from ?? '', () => 1);
    control.handle.prepare('INSERT INTO workspaces (id, name, created_at) VALUES (?, ?, ?)').run('W', 'Frost', 1);
    const id = 'M0000000000000000000000001';
    const members = makeMembers({ database: control.handle, newId: () => id, now: () => 1, onChange: () => undefined });
    members.ensurePending('W', ['Mia']);
    members.update('W', id, { awayUntil: '2026-12-06' });
    members.update('W', id, { colour: 3 });
    const about = aboutWorkspace(control.handle, 'W', { at: 2, version: '0' });
    control.close();
    if (about === null) throw new Error('it is there');
    expect(about.members).toMatchObject([{ id, name: 'Mia', colour: 3, awayUntil: '2026-12-06' }]);
    const older = { ...about, members: about.members.map((member) => ({ ...member, awayUntil: undefined })) };
    expect(v.parse(aboutCopy, JSON.parse(JSON.stringify(older))).members).toMatchObject([{ id, awayUntil: null }]);

    admitWorkspace(to ?? '', about, () => 3);
    const there = openControl(to ?? '', () => 4);
    expect(there.handle.prepare('SELECT id, away_until FROM members').all()).toEqual([
      { id, away_until: '2026-12-06' },
    ]);
    there.close();
  } finally {
    for (const folder of [from, to]) if (folder !== undefined) rmSync(folder, { recursive: true });
  }
});
