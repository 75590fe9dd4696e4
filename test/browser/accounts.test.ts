import { afterAll, beforeAll, expect, test } from 'vitest';
import { totpCode } from '../totp.ts';
import { everythingKept } from './everything-kept.ts';
import { type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
beforeAll(async () => {
  rapport = await startRapport();
}, 120_000);
afterAll(() => rapport?.close());

test('two-factor sign-in is set up from the page, asked for at the next sign-in, and ends with a device signed out', async () => {
  const noor = await rapport.newPerson('Noor Haddad');
  const { page } = noor;
  const blocked: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) blocked.push(message.text());
  });
  const { workspaceId } = await rapport.newWorkspace(noor);
  await page.goto(`/w/${workspaceId}/settings/sign-in`);
  await page.getByRole('button', { name: 'Turn on' }).click();
  const setup = page.getByRole('dialog');
  await setup.getByLabel('Password').fill('not mine at all');
  await setup.getByRole('button', { name: 'Continue' }).click();
  await setup.getByText('This is not your password.').waitFor();
  await setup.getByLabel('Password').fill(noor.password);
  await setup.getByRole('button', { name: 'Continue' }).click();
  await setup.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
  expect(await axeClean(page)).toEqual([]);
  const secret = await setup.getByLabel('Or type this key there').inputValue();
  const uri = `otpauth://totp/x?secret=${secret}`;
  await setup.getByLabel('Code', { exact: true }).fill(totpCode(uri, Date.now() - 30_000));
  await setup.getByRole('button', { name: 'Turn on' }).click();
  const codes = setup.getByRole('list', { name: 'Recovery codes' });
  await codes.waitFor();
  expect(await codes.getByRole('listitem').count()).toBe(10);
  await setup.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'New recovery codes' }).waitFor();
  expect(await axeClean(page)).toEqual([]);

  // Another browser: the password leads to the question for the code.
  const context = await rapport.newContext();
  const other = await context.newPage();
  await other.goto('/sign-in');
  await other.getByLabel('E-mail').fill(noor.email);
  await other.getByLabel('Password', { exact: true }).fill(noor.password);
  await other.getByRole('button', { name: 'Sign in' }).click();
  const code = other.getByLabel('Code', { exact: true });
  await code.fill('000000');
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.getByText('This code is wrong or was used.').waitFor();
  expect(await axeClean(other)).toEqual([]);
  await code.fill(totpCode(uri, Date.now()));
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.waitForURL(`**/w/${workspaceId}/b/*`);

  // The first one sees it and signs it out; it is at the entrance in a moment.
  await page.reload();
  const devices = page.getByRole('region', { name: 'Signed in' });
  await devices.getByText('This device').waitFor();
  expect(await devices.getByRole('row').count()).toBeGreaterThan(2);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await page.getByText('All other devices are signed out').first().waitFor();
  await other.waitForURL('**/sign-in**');
  expect(await devices.getByRole('row').count()).toBe(2);

  // All of it is in the audit log.
  await page.goto(`/w/${workspaceId}/settings/audit`);
  const log = page.getByRole('region', { name: 'Audit log' });
  await log.getByText('turned two-factor sign-in on').waitFor();
  await log.getByText('failed to sign in as Noor Haddad').waitFor();
  await log.getByText('with a code, Chrome on Linux').waitFor();
  expect(await axeClean(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'What' }).click();
  await page.getByRole('option', { name: 'Made the workspace' }).click();
  await log.getByText('made the workspace').waitFor();
  await expect.poll(() => log.getByRole('row').count()).toBe(2);
  await page.goto(`/w/${workspaceId}/reports`);
  await page.getByRole('heading').first().waitFor();
  expect(blocked).toEqual([]);
  expect(rapport.pageErrors).toEqual([]);
  await context.close();
  await noor.context.close();
});

test('whoever is removed keeps nothing of the workspace on the device; their deals go to whom was chosen', async () => {
  const {
    host: noor,
    guest: ben,
    workspaceId,
    boardId,
    path,
    api: base,
  } = await rapport.newPair('Noor Haddad', 'Ben Okri');
  const { id: benId } = await ben.api<{ id: string }>('GET', `${base}/me`);
  await ben.api('POST', `${base}/deals`, { board: boardId, title: 'Damson crates', owner: benId });
  await ben.page.goto(path);
  await ben.page.getByText('Damson crates').first().waitFor();
  await expect.poll(() => everythingKept(ben.page)).toContain('Damson crates');

  await noor.page.goto(`/w/${workspaceId}/settings/members`);
  await noor.page.getByRole('button', { name: 'More for Ben Okri' }).click();
  await noor.page.getByRole('menuitem', { name: 'Remove from the workspace' }).click();
  await noor.page.getByRole('combobox', { name: 'Who gets the 1 open deal of Ben Okri?' }).click();
  await noor.page.getByRole('option', { name: 'Noor Haddad' }).click();
  expect(await axeClean(noor.page)).toEqual([]);
  await noor.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await noor.page.getByText('Ben Okri was removed. 1 open deal went to Noor Haddad').first().waitFor();

  await ben.page.getByText('You are not a member of this workspace').waitFor();
  await expect.poll(() => everythingKept(ben.page), { timeout: 15_000 }).not.toContain(workspaceId);
  expect(await everythingKept(ben.page)).not.toContain('Damson crates');
  expect(rapport.pageErrors).toEqual([]);
  await ben.context.close();
  await noor.context.close();
});
