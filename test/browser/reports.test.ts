import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rapport, axeClean, startRapport } from './harness.ts';

let rapport: Rapport;
beforeAll(async () => {
  rapport = await startRapport();
}, 120_000);
afterAll(() => rapport?.close());

interface StageReply {
  readonly id: string;
  readonly name: string;
}

test('the manager’s numbers move while a colleague moves a deal, say who moved them, and open their deals', async () => {
  const { host: noor, guest: ana, workspaceId, boardId, api } = await rapport.newPair('Noor Haddad', 'Ana Sørli');
  const { currency, stages } = await ana.api<{ currency: string; stages: readonly StageReply[] }>(
    'GET',
    `${api}/boards/${boardId}`,
  );
  const stage = (name: string) => stages.find((each) => each.name === name)?.id;
  const made: { id: string }[] = [];
  for (const [title, minor] of [
    ['Brine tank probes', 100_000],
    ['Harbour cold store', 200_000],
    ['Cryo store alarms', 300_000],
  ] as const)
    made.push(
      await ana.api('POST', `${api}/deals`, {
        board: boardId,
        stage: stage('Proposal'),
        title,
        value: { minor, currency },
      }),
    );
  const [, harbour] = made;

  await noor.page.goto(`/w/${workspaceId}/reports`);
  const tile = (name: RegExp) => noor.page.getByRole('button', { name }).first();
  await tile(/^Open pipeline.*6,000.*3 deals/s).waitFor();
  await tile(/^Weighted.*3,000/s).waitFor();
  await tile(/^Win rate/).waitFor();
  expect(await axeClean(noor.page)).toEqual([]);

  await ana.api('POST', `${api}/deals/${harbour?.id}/move`, { stage: stage('Won') });
  await tile(/^Open pipeline.*4,000.*2 deals.*Ana −.?2,000/s).waitFor({ timeout: 5000 });
  await tile(/^Won this quarter.*2,000.*1 deal/s).waitFor();
  await tile(/^Win rate.*100%.*n = 1/s).waitFor();
  const feed = noor.page.getByRole('region', { name: 'Activity' });
  await feed.getByRole('link', { name: /Ana won Harbour cold store/ }).waitFor();
  expect(await axeClean(noor.page)).toEqual([]);
  // Four seconds later the tint has gone and the number stays.
  await noor.page.locator('.kpi.moved').first().waitFor({ state: 'detached', timeout: 10_000 });

  await tile(/^Won this quarter/).click();
  const panel = noor.page.getByRole('complementary', { name: 'Won this quarter' });
  await panel.getByText('1 deal', { exact: true }).waitFor();
  expect(await panel.getByRole('link').allTextContents()).toEqual([expect.stringContaining('Harbour cold store')]);
  expect(await axeClean(noor.page)).toEqual([]);
  await noor.page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });

  await tile(/^Open pipeline/).click();
  const openDeals = noor.page.getByRole('complementary', { name: 'Open pipeline' });
  await openDeals.getByText('2 deals', { exact: true }).waitFor();
  await openDeals.getByRole('link', { name: 'Open as a table' }).click();
  await noor.page.waitForURL(`**/b/${boardId}?as=table`);
  await noor.page.getByText('Cryo store alarms').first().waitFor();
  expect(rapport.pageErrors).toEqual([]);
});

test('the live page tells what happens, filters it, and works on a phone', async () => {
  const noor = await rapport.newPerson('Noor Haddad', { viewport: { width: 390, height: 844 } });
  const { workspaceId, boardId } = await rapport.newWorkspace(noor);
  const api = `/api/v1/w/${workspaceId}`;
  await noor.page.goto(`/w/${workspaceId}/live`);
  await noor.page.getByText('Nothing happened yet').waitFor();
  const { id } = await noor.api<{ id: string }>('POST', `${api}/deals`, {
    board: boardId,
    title: 'Export <b>terminal</b>',
  });
  await noor.page.getByRole('link', { name: /Noor added Export <b>terminal<\/b>/ }).waitFor();
  await noor.api('PATCH', `${api}/deals/${id}`, { company: 'Pelham' });
  await noor.page.getByRole('link', { name: /Noor set company of.*Pelham/ }).waitFor();
  expect(await axeClean(noor.page)).toEqual([]);
  await noor.page.getByRole('button', { name: 'Won, lost' }).click();
  await noor.page.getByText('Nothing like this yet').waitFor();
  await noor.page.getByRole('button', { name: 'Show all activity' }).click();
  await noor.page.getByRole('link', { name: /Noor added/ }).waitFor();
  await noor.page.goto(`/w/${workspaceId}/reports`);
  await noor.page.getByRole('button', { name: /^Open pipeline/ }).waitFor();
  const overflow = await noor.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  expect(overflow).toBeLessThanOrEqual(0);
  expect(await axeClean(noor.page)).toEqual([]);
  // Without a connection it says so, and does not look as if the numbers were on their way.
  await noor.context.setOffline(true);
  await noor.page.reload();
  await noor.page.getByText('The numbers could not be loaded.').waitFor({ timeout: 20_000 });
  expect(await noor.page.locator('.kpi.late, .box[aria-busy]').count()).toBe(0);
  await noor.context.setOffline(false);
  await noor.page.getByRole('button', { name: /^Open pipeline/ }).waitFor({ timeout: 30_000 });
  expect(rapport.pageErrors).toEqual([]);
});
