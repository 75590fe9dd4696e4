import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDemo } from '@rapport/domain/demo/noun.node';
import * as v from 'valibot';
import { createWorkspace } from './api/create-workspace.ts';
import { demoParts } from './registry.ts';
import type { Services } from './services.ts';

const signInShape = v.object({ email: v.string(), password: v.string() });
export type DemoSignIn = v.InferOutput<typeof signInShape>;

/**
 * Makes the demo workspace on the first start with `--demo` and answers its sign-in, which is the same at later starts:
 * it is kept in DATA_DIR, readable by its owner only, because a known password would be an open door. A start that was
 * cut short is completed by the next.
 */
export async function openDemo(services: Services): Promise<DemoSignIn> {
  const { accounts, config, control, workspaces, nounDeps } = services;
  const signIn = loadSignIn(config.dataDir);
  const user =
    control.handle.prepare<[string], User>('SELECT id, name, email FROM user WHERE email = ?').get(signIn.email) ??
    (await accounts.api.signUpEmail({ body: { name: 'Dana Demo', ...signIn } })).user;
  if (workspaces.ofUser(user.id).length > 0) return signIn;
  const { context } = await createWorkspace(services, 'Demo: Polar Cold Chain (fictional)', user);
  await addDemo(context, nounDeps, demoParts);
  return signIn;
}

interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

function loadSignIn(dataDir: string): DemoSignIn {
  const path = join(dataDir, 'demo-sign-in.json');
  if (existsSync(path)) return v.parse(signInShape, JSON.parse(readFileSync(path, 'utf8')));
  const signIn: DemoSignIn = { email: 'demo@rapport.example', password: randomBytes(9).toString('base64url') };
  writeFileSync(path, JSON.stringify(signIn), { mode: 0o600, flag: 'wx' });
  return signIn;
}
