import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rapport, axeClean, startRapport, testPassword } from './harness.ts';

let rapport: Rapport;
beforeAll(async () => {
  rapport = await startRapport();
}, 120_000);
afterAll(() => rapport?.close());

test('signing up makes a workspace and shows its first board', async () => {
  const context = await rapport.newContext();
  const page = await context.newPage();
  await page.goto('/');
  await page.waitForURL('**/sign-in**');
  expect(await axeClean(page)).toEqual([]);
  await page.getByRole('link', { name: 'Set up a workspace' }).click();
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.getByText('Name it after your company.').waitFor();
  expect(await page.evaluate('document.activeElement.autocomplete')).toBe('organization');
  await page.getByLabel('Workspace', { exact: true }).fill('Frostvale');
  await page.getByLabel('Your name').fill('Noor Haddad');
  await page.getByLabel('E-mail').fill('noor@frostvale.example');
  await page.getByLabel('Password', { exact: true }).fill(testPassword);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.waitForURL('**/w/*/b/*');
  await page.getByRole('navigation', { name: 'Main' }).getByText('New business').waitFor();
  await page.getByText('All changes saved').waitFor();
  expect(await page.title()).toBe('New business · Frostvale · Rapport');
  expect(await axeClean(page)).toEqual([]);
  expect(rapport.pageErrors).toEqual([]);
  await context.close();
});

test('a wrong password and a taken address are said beside the form', async () => {
  const ana = await rapport.newPerson('Ana Sørli');
  const context = await rapport.newContext();
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(ana.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('E-mail or password is wrong.').waitFor();
  await page.goto('/sign-up');
  await page.getByLabel('Workspace', { exact: true }).fill('Second');
  await page.getByLabel('Your name').fill('Ana');
  await page.getByLabel('E-mail').fill(ana.email);
  await page.getByLabel('Password', { exact: true }).fill(testPassword);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.getByText('This address has an account. Sign in instead.').waitFor();
  await context.close();
  await ana.context.close();
});

test('signing in goes where one wanted to go, and nowhere else', async () => {
  const ana = await rapport.newPerson('Ana Sørli');
  const { workspaceId } = await rapport.newWorkspace(ana);
  const context = await rapport.newContext();
  const page = await context.newPage();
  await page.goto(`/w/${workspaceId}/settings/profile`);
  await page.getByLabel('E-mail').fill(ana.email);
  await page.getByLabel('Password', { exact: true }).fill(testPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**/w/${workspaceId}/settings/profile`);
  await page.goto('/w/01AAAAAAAAAAAAAAAAAAAAAAAA');
  await page.getByText('You are not a member of this workspace').waitFor();
  await page.goto('/no/such/page');
  await page.getByText('There is no such page').waitFor();
  await context.close();
  await ana.context.close();
});
