// Run by itself: `node test/bench/browser-table.ts [rows]`. Scrolling a table of 100,000 contacts in a real Chromium: the
// times between frames as the page sees them, and the processor time that its main thread takes for one.
import type { CDPSession, Page } from 'playwright-core';
import { startRapport } from '../browser/harness.ts';
import { quantile } from './statistics.ts';
import { fillContacts } from './table-fixture.ts';

const rows = Number(process.argv[2] ?? 100_000);
const frameMs = 1000 / 60;
/** A frame is dropped when the next one comes this late. */
const lateMs = frameMs * 1.5;

interface Run {
  readonly frames: readonly number[];
  readonly cpuMs: number;
  /** The share of skeletons among the rows that were drawn. */
  readonly unknown: number;
}

const rapport = await startRapport();
const ana = await rapport.newPerson('Ana Adams');
const { workspaceId } = await rapport.newWorkspace(ana);
fillContacts(rapport.server.dataDir, rows);
const { page } = ana;
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });

/** Seconds of processor time that the page's main thread took so far. */
async function busy(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

/** Scrolls by so many pixels in each frame, for so many frames. */
async function scroll(on: Page, pixels: number, count: number): Promise<Run> {
  const before = await busy(session);
  const { frames, unknown } = await on.evaluate(
    ({ by, most }) =>
      new Promise<{ frames: number[]; unknown: number }>((resolve) => {
        const box = document.querySelector('.tbl-scroll');
        const times: number[] = [];
        let [last, blank, drawn] = [0, 0, 0];
        const step = (now: number): void => {
          if (last > 0) times.push(now - last);
          last = now;
          if (box !== null) box.scrollTop += by;
          blank += document.querySelectorAll('tr[aria-busy]').length;
          drawn += document.querySelectorAll('tr[data-index]').length;
          if (times.length < most) requestAnimationFrame(step);
          else resolve({ frames: times, unknown: blank / Math.max(1, drawn) });
        };
        requestAnimationFrame(step);
      }),
    { by: pixels, most: count },
  );
  return { frames, unknown, cpuMs: ((await busy(session)) - before) * 1000 };
}

await page.goto(`/w/${workspaceId}/contacts`);
await page.locator('.title-a').first().waitFor();
await page.waitForTimeout(2000);
const still = await scroll(page, 0, 120);
const told = (name: string, { frames, cpuMs, unknown }: Run) => {
  const late = frames.filter((ms) => ms > lateMs).length;
  console.log(
    `${name}: frame p50 ${quantile(frames, 0.5).toFixed(1)}, p95 ${quantile(frames, 0.95).toFixed(1)}, max ${Math.max(...frames).toFixed(0)} ms; ` +
      `${late} of ${frames.length} late; main thread ${(cpuMs / frames.length).toFixed(1)} ms of processor time a frame; skeletons ${(100 * unknown).toFixed(0)}%`,
  );
};
told('standing still', still);
for (const [name, pixels] of [
  ['reading, 10 px a frame', 10],
  ['wheel, 40 px a frame', 40],
  ['thrown, 200 px a frame', 200],
  ['by the bar, 4,000 px a frame', 4000],
] as const) {
  told(name, await scroll(page, pixels, 240));
  await page.waitForTimeout(1000);
}
const jumped = performance.now();
await page.evaluate(() => {
  const box = document.querySelector('.tbl-scroll');
  if (box !== null) box.scrollTop = box.scrollHeight * 0.37;
});
await page.waitForFunction(
  () => document.querySelectorAll('tbody .title-a').length > 10 && document.querySelector('tr[aria-busy]') === null,
);
console.log(`jump to the middle, until rows are there: ${(performance.now() - jumped).toFixed(0)} ms`);
await rapport.close();
