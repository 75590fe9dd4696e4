import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rapport, axeClean, startRapport, testPassword } from './harness.ts';

let rapport: Rapport;
beforeAll(async () => {
  rapport = await startRapport();
}, 120_000);
afterAll(() => rapport?.close());

test('a second person joins by the link that the dialog makes, and both see each other', async () => {
  const noor = await rapport.newPerson('Noor Haddad');
  const { workspaceId, path } = await rapport.newWorkspace(noor);
  await noor.page.goto(path);
  await noor.page.getByRole('button', { name: 'Frostvale' }).click();
  await noor.page.getByRole('menuitem', { name: 'Invite people' }).click();
  await noor.page.getByRole('button', { name: 'Make link' }).click();
  const link = await noor.page.getByRole('textbox', { name: 'Link' }).inputValue();
  expect(link).toMatch(/^http.*\/join\/inv_/);
  expect(await axeClean(noor.page)).toEqual([]);
  await noor.page.getByRole('button', { name: 'Done' }).click();

  const context = await rapport.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.getByText('Join Frostvale').first().waitFor();
  await page.getByText('Noor Haddad invites you as member.').waitFor();
  expect(await axeClean(page)).toEqual([]);
  await page.getByLabel('Your name').fill('Ana Sørli');
  await page.getByLabel('E-mail').fill('ana@frostvale.example');
  await page.getByLabel('Password', { exact: true }).fill(testPassword);
  await page.getByRole('button', { name: 'Sign up and join' }).click();
  await page.waitForURL(`**/w/${workspaceId}/b/*`);

  await page.getByRole('link', { name: /Noor.*New business/s }).waitFor();
  await noor.page.getByRole('link', { name: /Ana.*New business/s }).waitFor();
  await page.goto(`/w/${workspaceId}/settings/profile`);
  await noor.page.getByRole('link', { name: /Ana.*Settings/s }).waitFor();

  // A member manages nobody: no Invitations section, and the button says why.
  await page.goto(`/w/${workspaceId}/settings/members`);
  await page.getByRole('button', { name: 'Invite' }).waitFor();
  expect(await page.getByRole('button', { name: 'Invite' }).getAttribute('aria-disabled')).toBe('true');
  expect(await page.getByRole('link', { name: 'Invitations' }).count()).toBe(0);

  // The administrator changes the role; it shows at once on the other side.
  await noor.page.goto(`/w/${workspaceId}/settings/members`);
  await noor.page.getByRole('combobox', { name: 'Role of Ana Sørli' }).click();
  await noor.page.getByRole('option', { name: /Manager/ }).click();
  await noor.page.getByText('Ana Sørli is now manager').first().waitFor();
  await page.getByRole('link', { name: 'Invitations' }).waitFor();
  expect(await axeClean(noor.page)).toEqual([]);

  await noor.page.getByRole('button', { name: 'More for Ana Sørli' }).click();
  await noor.page.getByRole('menuitem', { name: 'Remove from the workspace' }).click();
  await noor.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('You are not a member of this workspace').waitFor();
  expect(rapport.pageErrors).toEqual([]);
  await context.close();
  await noor.context.close();
});

test('an invitation that was revoked says so', async () => {
  const noor = await rapport.newPerson('Noor Haddad');
  const { workspaceId } = await rapport.newWorkspace(noor);
  const made = await noor.api<{ token: string }>('POST', `/api/v1/w/${workspaceId}/invitations`, { role: 'viewer' });
  await noor.page.goto(`/w/${workspaceId}/settings/invitations`);
  await noor.page.getByRole('button', { name: 'Revoke' }).click();
  await noor.page.getByText('Revoked').waitFor();
  await noor.page.goto(`/join/${made.token}`);
  await noor.page.getByText('This invitation cannot be used').waitFor();
  await noor.context.close();
});

test('a key is shown once and works until it is revoked', async () => {
  const noor = await rapport.newPerson('Noor Haddad');
  const { workspaceId } = await rapport.newWorkspace(noor);
  await noor.page.goto(`/w/${workspaceId}/settings/api-keys`);
  await noor.page.getByRole('button', { name: 'New key' }).click();
  await noor.page.getByLabel('Name').fill('Web shop');
  await noor.page.getByRole('button', { name: 'Make key' }).click();
  const key = await noor.page.getByRole('textbox', { name: 'Key' }).inputValue();
  const use = () =>
    fetch(`${rapport.url}/api/v1/w/${workspaceId}/members`, { headers: { authorization: `Bearer ${key}` } });
  expect((await use()).status).toBe(200);
  await noor.page.getByRole('button', { name: 'Done' }).click();
  await noor.page.getByRole('button', { name: 'Revoke' }).click();
  await noor.page.getByText('No keys').waitFor();
  expect((await use()).status).toBe(401);
  await noor.context.close();
});
