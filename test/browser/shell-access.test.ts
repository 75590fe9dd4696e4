import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
beforeAll(async () => {
  rapport = await startRapport();
}, 120_000);
afterAll(() => rapport?.close());

test('a pipeline is shared with a team and with nobody; the other person sees it come and go at once', async () => {
  const { host: noor, guest: ana, workspaceId, path: first, api } = await rapport.newPair('Noor Haddad', 'Ana Sørli');
  await noor.page.goto(first);
  await noor.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'New pipeline' }).click();
  await noor.page.getByRole('textbox', { name: 'Name' }).fill('Mergers');
  await noor.page.getByText('Private until I share it').click();
  await noor.page.getByRole('button', { name: 'Create pipeline' }).click();
  await noor.page.waitForURL((url) => url.pathname !== first && url.pathname.includes('/b/'));
  const path = new URL(noor.page.url()).pathname;
  await noor.api('POST', `${api}/deals`, { board: path.split('/').at(-1), title: 'Blue fjord' });
  const line = (page: typeof ana.page) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Mergers/ });

  // Private: in the owner's navigation with a lock, in nobody else's.
  await noor.page.getByText('Blue fjord').first().waitFor();
  expect(await line(noor.page).textContent()).toContain('Private');
  await ana.page.goto(path);
  await ana.page.getByText('You cannot open this pipeline').waitFor();
  await ana.page.getByText('Ask its owner, or Noor Haddad').waitFor();
  expect(await line(ana.page).count()).toBe(0);
  expect(await axeClean(ana.page)).toEqual([]);

  // A team with Ana in it.
  await noor.page.goto(`/w/${workspaceId}/settings/teams`);
  await noor.page.getByText('No teams yet').waitFor();
  await noor.page.getByRole('button', { name: 'New team' }).click();
  const dialog = noor.page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Deal desk');
  await dialog.getByText('Ana Sørli').click();
  expect(await axeClean(noor.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make team' }).click();
  await noor.page.getByRole('cell', { name: 'Deal desk', exact: true }).waitFor();
  expect(await axeClean(noor.page)).toEqual([]);

  // Shared with the team from the menu beside the pipeline's name: it opens where Ana waits, without a reload.
  await noor.page.goto(path);
  const share = async () => {
    await noor.page.getByRole('button', { name: 'Mergers' }).click();
    await noor.page.getByRole('menuitemcheckbox', { name: 'Share' }).click();
    await dialog.getByText('Who may open it').waitFor();
  };
  await share();
  await dialog.getByRole('radio', { name: /Teams and people/ }).check();
  await dialog.getByRole('button', { name: 'Add a team or a person' }).click();
  await noor.page.getByRole('option', { name: /Deal desk/ }).click();
  await dialog.getByRole('listitem').filter({ hasText: 'Deal desk' }).waitFor();
  expect(await axeClean(noor.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await ana.page.getByText('Blue fjord').first().waitFor();
  await line(ana.page).waitFor();

  // To view only: the page says so and lets nothing be changed.
  await share();
  await dialog.getByRole('combobox', { name: 'What Deal desk may do' }).click();
  await noor.page.getByRole('option', { name: 'May view' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => ana.page.getByRole('button', { name: 'New deal' }).first().getAttribute('aria-disabled'))
    .toBe('true');

  // Private again: nothing of it stays on Ana's screen or device.
  await share();
  await dialog.getByRole('radio', { name: /Private/ }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await ana.page.getByText('You cannot open this pipeline').waitFor();
  expect(await ana.page.getByText('Blue fjord').count()).toBe(0);
  expect(await line(ana.page).count()).toBe(0);
  await ana.context.setOffline(true);
  await ana.page.goto(path);
  await ana.page.getByText('You are offline').first().waitFor();
  expect(await ana.page.getByText('Blue fjord').count()).toBe(0);

  // Handed over: it is Ana's now, who alone opens it besides administrators.
  await ana.context.setOffline(false);
  await share();
  await dialog.getByRole('button', { name: 'Owner' }).click();
  await noor.page.getByRole('option', { name: 'Ana Sørli' }).click();
  await dialog.getByText('Ana Sørli will own it once you save').waitFor();
  expect(await axeClean(noor.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await ana.page.goto(path);
  await ana.page.getByText('Blue fjord').first().waitFor();
  await ana.page.getByRole('button', { name: 'Mergers' }).click();
  await ana.page.getByRole('menuitemcheckbox', { name: 'Share' }).click();
  await ana.page.getByRole('dialog').getByText('Only Ana Sørli, who owns it').waitFor();

  expect(rapport.pageErrors).toEqual([]);
  await ana.context.close();
  await noor.context.close();
});
