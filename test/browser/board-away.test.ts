import { describe, expect, it } from 'vitest';
import { card, lane, moveByKey, panel, sameBoard, setField, titlesOf, until } from './board-page.ts';
import { everythingKept } from './everything-kept.ts';
import { hasChromium } from './gallery-page.ts';
import { axeClean } from './harness.ts';
import { onOneBoard } from './on-one-board.ts';

interface ImportState {
  readonly id: string;
  readonly status: string;
  readonly created: number;
}

describe.skipIf(!hasChromium)('work goes on: imports, no network, no access', () => {
  const board = onOneBoard(['Apple', 'Birch', 'Cedar', 'Damson']);

  it('an import runs while both move cards: their moves stay, the new cards come', async () => {
    const { ana, ben, two, rapport } = board();
    const rows = Array.from({ length: 300 }, (_, at) => `New ${at},Meeting,${at + 1}`);
    const answer = await two.ana.context.request.post(`${two.api}/imports`, {
      headers: { origin: rapport.url },
      multipart: {
        file: {
          name: 'deals.csv',
          mimeType: 'text/csv',
          buffer: Buffer.from(`Deal name,Stage,Amount\n${rows.join('\n')}\n`),
        },
        options: JSON.stringify({ noun: 'deals', board: two.boardId }),
      },
    });
    expect(answer.status(), await answer.text()).toBe(202);
    const { id } = (await answer.json()) as ImportState;
    await Promise.all([moveByKey(ana, 'Apple', 'Proposal'), moveByKey(ben, 'Birch', 'Negotiation')]);
    const state = () => two.ana.api<ImportState>('GET', `${two.api}/imports/${id}`);
    await until(async () => (await state()).status).toBe('done');
    expect((await state()).created).toBe(300);
    for (const page of [ana, ben]) await until(() => lane(page, 'Meeting').locator('.count').textContent()).toBe('300');
    expect(await titlesOf(ana)).toMatchObject({ Proposal: ['Apple'], Negotiation: ['Birch'] });
    expect(await titlesOf(ben)).toMatchObject({ Proposal: ['Apple'], Negotiation: ['Birch'] });
    await two.ana.api('POST', `${two.api}/imports/${id}/undo`, {});
    for (const page of [ana, ben]) await until(() => lane(page, 'Meeting').locator('.count').textContent()).toBe('0');
    expect(await sameBoard(ana, ben)).toMatchObject({ Proposal: ['Apple'], Negotiation: ['Birch'] });
  });

  it('reloaded without a network the board opens with what was done, work goes on, and coming back merges', async () => {
    const { ana, ben, two } = board();
    await ben.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await two.ben.context.setOffline(true);
    await moveByKey(ben, 'Cedar', 'Proposal');
    await until(() => card(ben, 'Cedar').textContent()).toContain('Pending');
    await ben.reload();
    await lane(ben, 'Proposal').locator('[data-card]', { hasText: 'Cedar' }).waitFor();
    expect(await card(ben, 'Cedar').textContent()).toContain('Pending');
    await card(ben, 'Cedar').click();
    await setField(ben, /^Value/, '450');
    await panel(ben).getByRole('button', { name: 'Offline, 2 pending' }).waitFor();
    await ben.keyboard.press('Escape');
    await moveByKey(ana, 'Damson', 'Meeting');
    expect((await titlesOf(ben))['Qualified']).toContain('Damson');
    await ben.getByRole('button', { name: 'Offline, 2 pending' }).click();
    await ben.getByText('Changed value of “Cedar” to €450').waitFor();
    expect(await axeClean(ben)).toEqual([]);
    await ben.keyboard.press('Escape');
    await two.ben.context.setOffline(false);
    await ben.getByText('All changes saved').first().waitFor();
    await until(() => card(ana, 'Cedar').textContent()).toContain('€450');
    expect(await sameBoard(ana, ben)).toMatchObject({ Meeting: ['Damson'] });
  });

  it('made a viewer while typing: read-only at once, the text stays to be copied', async () => {
    const { ben, two, setRole } = board();
    await card(ben, 'Damson').click();
    await panel(ben)
      .getByRole('button', { name: /^Description/ })
      .click();
    await panel(ben).getByRole('textbox', { name: 'Description' }).waitFor();
    await ben.keyboard.type('Call Ruth about the cold store');
    await setRole(two.ben, 'viewer');
    await until(() =>
      panel(ben)
        .getByRole('button', { name: /^Value/ })
        .count(),
    ).toBe(0);
    const field = panel(ben).getByRole('textbox', { name: 'Description' });
    expect(await field.inputValue()).toBe('Call Ruth about the cold store');
    await field.press('Control+Enter');
    await panel(ben)
      .getByText(/^Not saved\. You may look at this pipeline/)
      .waitFor();
    expect(await field.inputValue()).toBe('Call Ruth about the cold store');
    await field.press('Escape');
    await ben.keyboard.press('Escape');
    await setRole(two.ben, 'member');
    await card(ben, 'Damson').click();
    await panel(ben)
      .getByRole('button', { name: /^Value/ })
      .waitFor();
    await ben.keyboard.press('Escape');
  });

  it('what a viewer did offline is refused on return, said with the reason, and can be copied', async () => {
    const { ben, two, setRole } = board();
    await two.ben.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await two.ben.context.setOffline(true);
    await moveByKey(ben, 'Damson', 'Negotiation');
    await ben.getByRole('button', { name: 'Offline, 1 pending' }).click();
    const list = ben.getByRole('dialog', { name: 'Changes that wait' });
    await list.getByText('Moved “Damson” to Negotiation').waitFor();
    const drawn = await ben.evaluateHandle(() =>
      ['header.top', '.board', '.lane .cards', '[data-card]'].map((part) => document.querySelector(part)),
    );
    await setRole(two.ben, 'viewer');
    await two.ben.context.setOffline(false);
    await ben.getByRole('button', { name: '1 change not saved: why' }).waitFor({ timeout: 40_000 });
    expect(await list.locator('.save-list.refused .problem').textContent()).not.toBe('');
    await lane(ben, 'Qualified').locator('[data-card]', { hasText: 'Damson' }).waitFor();
    // Back at the server's truth, and nothing but the card has moved: neither what is open nor the focus in it.
    expect(await drawn.evaluate((parts) => parts.map((part) => part?.isConnected))).toEqual([true, true, true, true]);
    expect(await list.evaluate((box) => box.contains(document.activeElement))).toBe(true);
    expect(await axeClean(ben)).toEqual([]);
    await list.getByRole('button', { name: 'Copy', exact: true }).click();
    expect(await ben.evaluate('navigator.clipboard.readText()')).toContain('Moved “Damson” to Negotiation');
    await list.getByRole('button', { name: 'Take off the list' }).click();
    await ben.getByText('All changes saved').first().waitFor();
  });

  it('taken out of the workspace while typing: it closes at once, the text can still be copied, also after a reload', async () => {
    const { ben, two, rapport, setRole } = board();
    await two.ben.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await card(ben, 'Apple').click();
    await panel(ben)
      .getByRole('button', { name: /^Description/ })
      .click();
    await panel(ben).getByRole('textbox', { name: 'Description' }).waitFor();
    await ben.keyboard.type('Half a thought about apples');
    await setRole(two.ben, null);
    await ben.getByText('You are not a member of this workspace').waitFor();
    for (const again of [false, true]) {
      if (again) await ben.reload();
      const lost = ben.getByRole('region', { name: 'Not saved' });
      await lost.getByText(/Changed description of “Apple”/).waitFor();
      expect(await axeClean(ben)).toEqual([]);
      await lost.getByRole('button', { name: 'Copy all' }).click();
      await until(() => ben.evaluate('navigator.clipboard.readText()')).toContain('Half a thought about apples');
    }
    expect(await ben.locator('[data-card]').count()).toBe(0);

    // What the device had of the workspace goes within seconds; their own words stay until they say so.
    await until(() => everythingKept(ben)).not.toContain('Damson');
    expect(await everythingKept(ben)).toContain('Half a thought about apples');
    await ben.getByRole('button', { name: 'Delete here' }).click();
    await until(() => everythingKept(ben)).not.toContain('Half a thought about apples');
    expect(rapport.pageErrors).toEqual([]);
  });
});
