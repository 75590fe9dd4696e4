import type { Page } from 'playwright-core';
import { median, quantile } from './statistics.ts';

const wanderMs = 3000;
const drops = 5;

interface Frames {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** Frames with a new pointer position, of all that were drawn. */
  readonly moved: number;
  readonly count: number;
  /** Lanes that a carried card was over. */
  readonly lanes: number;
}

/** Runs `act`; answers the times between frames meanwhile, as the page itself sees them. */
async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const deltas: { ms: number; hasMoved: boolean }[] = [];
    const watch = { deltas, lanes: new Set<string | undefined>(), isOn: true };
    let last = 0;
    let hasMoved = false;
    const move = (): void => void (hasMoved = true);
    addEventListener('pointermove', move, true);
    const frame = (now: number): void => {
      if (!watch.isOn) return removeEventListener('pointermove', move, true);
      const over = document.querySelector<HTMLElement>('.lane.over');
      if (over !== null) watch.lanes.add(over.dataset['lane']);
      if (last > 0) deltas.push({ ms: now - last, hasMoved });
      hasMoved = false;
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(globalThis, { frameWatch: watch });
  });
  await act();
  const { deltas, lanes } = await page.evaluate(() => {
    const { frameWatch } = globalThis as unknown as {
      frameWatch: { deltas: { ms: number; hasMoved: boolean }[]; lanes: Set<string>; isOn: boolean };
    };
    frameWatch.isOn = false;
    return { deltas: frameWatch.deltas, lanes: frameWatch.lanes.size };
  });
  const times = deltas.map(({ ms }) => ms);
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    max: Math.max(...times),
    moved: deltas.filter(({ hasMoved }) => hasMoved).length,
    count: times.length,
    lanes,
  };
}

/** Where the lanes stand that the window shows whole, and a card in each that can be taken. */
const lanesOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-lane]')].flatMap((lane) => {
      const list = lane.querySelector('.cards')?.getBoundingClientRect();
      const card = lane.querySelectorAll<HTMLElement>('[data-card]')[1];
      const at = card?.getBoundingClientRect();
      if (list === undefined || at === undefined || list.left < 0 || list.right > innerWidth) return [];
      return [
        {
          lane: lane.dataset['lane'] ?? '',
          card: card?.dataset['card'] ?? '',
          // Beside the text, where no button of the card is.
          x: at.left + 40,
          y: at.top + 12,
          list: { left: list.left, right: list.right, top: list.top, bottom: Math.min(list.bottom, innerHeight) },
        },
      ];
    }),
  );

/** The mouse goes to and fro over all lanes and up and down in them, as fast as the page takes its moves. */
async function wander(page: Page, area: { left: number; right: number; top: number; bottom: number }): Promise<void> {
  const start = performance.now();
  for (let gone = 0; gone < wanderMs; gone = performance.now() - start) {
    const across = (1 - Math.cos((gone / 1500) * 2 * Math.PI)) / 2;
    const down = (1 - Math.cos((gone / 700) * 2 * Math.PI)) / 2;
    await page.mouse.move(area.left + across * (area.right - area.left), area.top + down * (area.bottom - area.top));
  }
}

const inWords = ({ p50, p95, max, moved, count }: Frames): string =>
  `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, max ${max.toFixed(1)} ms (${count} frames, ${moved} with a new pointer)`;

/** Measures and prints what a person's own drags cost on the board that `page` shows. */
export async function measureDrags(page: Page): Promise<void> {
  const lanes = await lanesOf(page);
  const [first] = lanes;
  const last = lanes.at(-1);
  if (first === undefined || last === undefined || first === last) throw new Error('two lanes are in sight');
  // Clear of the edges, where lanes scroll by themselves, and of the bar for won and lost below.
  const area = {
    left: first.list.left + 20,
    right: last.list.right - 20,
    top: first.list.top + 60,
    bottom: first.list.top + (first.list.bottom - first.list.top) * 0.7,
  };
  const bare = await framesDuring(page, () => wander(page, area));
  console.log(`frames while the mouse moves and carries nothing: ${inWords(bare)}`);

  await page.mouse.move(first.x, first.y);
  await page.mouse.down();
  await page.mouse.move(first.x + 20, first.y + 20, { steps: 3 });
  await page.locator(`[data-card="${first.card}"].ghost`).waitFor();
  const carrying = await framesDuring(page, () => wander(page, area));
  await page.keyboard.press('Escape');
  await page.mouse.up();
  console.log(`frames while a card is dragged over ${carrying.lanes} lanes: ${inWords(carrying)}`);

  const dropped: number[] = [];
  for (let round = 0; round < drops; round++) {
    const [from, to] = await lanesOf(page);
    if (from === undefined || to === undefined) throw new Error('two lanes are in sight');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y + 150, { steps: 12 });
    await page.locator(`[data-lane="${to.lane}"] .slot`).waitFor();
    await page.evaluate(
      ({ card, lane }) => {
        const landed = new Promise<number>((resolve) => {
          const released = (): void => {
            const at = performance.now();
            const look = (): void => {
              if (document.querySelector(`[data-lane="${lane}"] [data-card="${card}"]`) === null)
                requestAnimationFrame(look);
              // The frame after the one that has it: by then it is on the screen.
              else requestAnimationFrame(() => resolve(performance.now() - at));
            };
            requestAnimationFrame(look);
          };
          addEventListener('pointerup', released, { capture: true, once: true });
        });
        Object.assign(globalThis, { landed });
      },
      { card: from.card, lane: to.lane },
    );
    await page.mouse.up();
    dropped.push(await page.evaluate(() => (globalThis as unknown as { landed: Promise<number> }).landed));
    // Its settling is over before the next one is taken.
    await page.waitForTimeout(400);
  }
  console.log(
    `own drop to painted: ${median(dropped).toFixed(0)} ms (${dropped.map((ms) => ms.toFixed(0)).join(', ')})`,
  );
}
