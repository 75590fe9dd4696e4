import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test.each([
  ['on its own machine', {}, false],
  ['… by its name', { HOST: 'localhost', PUBLIC_URL: 'http://localhost:4321' }, false],
  ['listening to others', { HOST: '0.0.0.0' }, true],
  ['behind a proxy', { PUBLIC_URL: 'https://crm.example' }, true],
  ['told to', { REFUSE_COMMON_PASSWORDS: '1' }, true],
  ['told not to', { HOST: '0.0.0.0', REFUSE_COMMON_PASSWORDS: '0' }, false],
])('a server %s: common passwords are refused: %s %s', (_where, env, isRefused) => {
  const config = readConfig(env, []);
  expect(config.ok && config.value.refuseCommonPasswords).toBe(isRefused);
});
