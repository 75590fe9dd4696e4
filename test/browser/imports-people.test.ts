import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './board-page.ts';
import { axeClean, startRapport, type BrowserPerson, type Rapport } from './harness.ts';

let rapport: Rapport;
let ana: BrowserPerson;
let workspaceId: string;
let base: string;
const shots = process.env['RAPPORT_SHOTS'];
const file = [
  'sales_agent,manager,regional_office,Role',
  'Mia Voss,Dustin Br,Central,Admin',
  'Jan Opel,Dustin Br,Central,Member',
  'Lea Ahn,Melvin M,West,',
].join('\n');

beforeAll(async () => {
  rapport = await startRapport();
  ana = await rapport.newPerson('Ana Ruiz');
  ({ workspaceId } = await rapport.newWorkspace(ana));
  base = `/api/v1/w/${workspaceId}`;
}, 120_000);
afterAll(() => rapport.close());

const teams = async () =>
  (await ana.api<{ items: { name: string; members: string[] }[] }>('GET', `${base}/teams`)).items.map(
    ({ name, members }) => `${name} ${members.length}`,
  );

test(
  'members and their teams come from a file, reports are read per team, and it goes again',
  { timeout: 120_000 },
  async () => {
    const { page } = ana;
    const owned = await ana.api<{ id: string }>('GET', `${base}/boards`);
    await page.goto(`/w/${workspaceId}/settings/members`);
    await page.getByRole('link', { name: 'Import people' }).click();
    const mimeType = 'text/csv';
    await page.setInputFiles('input[type=file]', { name: 'export.csv', mimeType, buffer: Buffer.from(file) });
    // Who comes from the list of members brings members, whatever the file is called.
    await page.getByRole('button', { name: 'Members', pressed: true }).waitFor();
    await page.getByText('makes the teams Dustin Br, Melvin M').waitFor();
    await page.getByRole('combobox', { name: 'regional_office goes to' }).click();
    await page.getByRole('option', { name: 'Team' }).click();
    await page.getByText('makes the teams Central, West').waitFor();
    const grant = page.getByRole('checkbox', { name: /The file asks for 1 admin/ });
    expect(await grant.isChecked()).toBe(false);
    expect(await axeClean(page)).toEqual([]);
    if (shots) await page.screenshot({ path: `${shots}/people.png` });
    await page.getByRole('button', { name: 'Import 3 rows' }).click();
    await page.getByRole('heading', { name: 'Imported export.csv' }).waitFor();
    await until(teams).toEqual(['Central 2', 'West 1']);
    const members = await ana.api<{ items: { id: string; name: string; role: string }[] }>('GET', `${base}/members`);
    expect(members.items.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'Ana Ruiz admin',
      'Mia Voss member',
      'Jan Opel member',
      'Lea Ahn member',
    ]);

    const { items: boards } = owned as unknown as { items: { id: string }[] };
    const stages = await ana.api<{ items: { id: string; kind: string }[] }>(
      'GET',
      `${base}/boards/${boards[0]?.id}/stages`,
    );
    const won = stages.items.find(({ kind }) => kind === 'won')?.id;
    for (const name of ['Mia Voss', 'Lea Ahn'])
      await ana.api('POST', `${base}/deals`, {
        title: `Of ${name}`,
        board: boards[0]?.id,
        stage: won,
        owner: members.items.find((member) => member.name === name)?.id,
      });
    await page.goto(`/w/${workspaceId}/reports?period=all`);
    const leaders = page.getByRole('region', { name: 'Won by person' });
    await leaders.getByText('Lea Ahn').waitFor();
    await leaders.getByText('Mia Voss').waitFor();
    await page.getByRole('button', { name: 'Everybody' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'West' }).click();
    await until(() => leaders.getByText('Mia Voss').count()).toBe(0);
    await leaders.getByText('Lea Ahn').waitFor();
    expect(page.url()).toContain('team=');
    if (shots) await page.screenshot({ path: `${shots}/reports-team.png` });

    await page.goto(`/w/${workspaceId}/import`);
    await page.getByRole('button', { name: 'Undo the import of export.csv' }).click();
    await page.getByText(/kept/).first().waitFor();
    await until(teams).toEqual(['Central 1', 'West 1']);
    expect(rapport.pageErrors).toEqual([]);
  },
);
