// Pictures of the deal board, for comparing with the design by eye: node packages/domain/dev-board/shots.mjs [folder] [name…]
import { fileURLToPath } from 'node:url';
import { shootPages } from '../../../scripts/tasks/shoot-pages.mjs';

const desktop = { width: 1220, height: 900 };
const phone = { width: 390, height: 844 };
const shots = [
  ['board', '?pending', desktop],
  ['board-dark', '?theme=dark', desktop],
  ['board-phone', '', phone],
  ['board-closed', '?closed=1&sort=-value', { width: 1700, height: 900 }],
  ['board-5000', '?n=5000&quiet', desktop],
  ['empty', '?n=0', desktop],
  ['panel', '?deal=deal00003&race=deal00003', desktop],
  ['panel-dark', '?deal=deal00003&theme=dark', desktop],
  ['panel-phone', '?deal=deal00003', phone],
  ['reader', '?reader&deal=deal00003', desktop],
  ['table', '?as=table', desktop],
  ['filters', '?f=value:gte:50000&f=labels:is:Tender,Renewal&chip=mine', desktop],
  [
    'stages',
    '',
    desktop,
    async (page) => {
      await page.click('.name-b');
      await page.getByText('Edit stages').click();
    },
  ],
  [
    'lost',
    '?quiet',
    desktop,
    async (page) => {
      await page.locator('[data-card]').first().focus();
      await page.keyboard.press('l');
    },
  ],
  [
    'quick-add',
    '?quiet',
    desktop,
    async (page) => {
      await page.keyboard.press('n');
      await page.keyboard.type('Night market fridges');
    },
  ],
  [
    'bulk',
    '?quiet',
    desktop,
    async (page) => {
      await page.locator('[data-card]').first().focus();
      for (const key of ['x', 'ArrowDown', 'x', 'ArrowDown', 'x', 'm']) await page.keyboard.press(key);
    },
  ],
  [
    'dragging',
    '?quiet',
    desktop,
    async (page) => {
      const card = await page.locator('[data-card]').nth(2).boundingBox();
      await page.mouse.move(card.x + 40, card.y + 20);
      await page.mouse.down();
      await page.mouse.move(card.x + 150, card.y + 60, { steps: 5 });
      await page.mouse.move(card.x + 560, card.y + 40, { steps: 10 });
    },
  ],
];
const only = process.argv.slice(3);
await shootPages({
  configFile: fileURLToPath(new URL('./vite.config.ts', import.meta.url)),
  folder: process.argv[2] ?? fileURLToPath(new URL('../../../.cache/board-shots', import.meta.url)),
  shots: shots.filter(([name]) => only.length === 0 || only.includes(name)),
});
