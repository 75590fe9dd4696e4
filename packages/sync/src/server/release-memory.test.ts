import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noteWork, releaseMemorySoon } from './release-memory.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('memory is given back when nobody has written for a while, in any workspace', () => {
  const released = vi.fn();
  noteWork();
  releaseMemorySoon(released);
  for (let n = 0; n < 10; n++) {
    vi.advanceTimersByTime(1000);
    noteWork();
  }
  expect(released).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1999);
  expect(released).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(released).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_000);
  expect(released).toHaveBeenCalledTimes(1);
});

test('it is called off', () => {
  const released = vi.fn();
  const cancel = releaseMemorySoon(released);
  vi.advanceTimersByTime(1000);
  cancel();
  vi.advanceTimersByTime(60_000);
  expect(released).not.toHaveBeenCalled();
});
