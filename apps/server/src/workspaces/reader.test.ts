import type { ReadJob } from '@rapport/domain/http/workspace-context.node';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ReadRequest } from './read-message.ts';
import { makeReader, ReadsBusy, type ReadSource } from './reader.ts';

const job: ReadJob<string, string> = { name: 'job', run: (_query, args) => args };

let begun: string[];
let answers: PromiseWithResolvers<unknown>[];
let versions: Record<string, number>;
let now: number;
let reader: ReturnType<typeof makeReader>;

beforeEach(() => {
  [begun, answers, versions, now] = [[], [], { a: 0, b: 0 }, 0];
  const run = ({ path, args }: ReadRequest) => {
    const answer = Promise.withResolvers<unknown>();
    begun.push(`${path} ${String(args)}`);
    answers.push(answer);
    return answer.promise;
  };
  reader = makeReader({ thread: { run, close: async () => {} }, now: () => now });
});

const sources = (path: string): ReadSource => ({ path, version: () => versions[path] ?? 0 });
const read = (path: string, args: string) => reader.read(sources(path), job, args);
/** Ends the run that is under way. */
const answer = async (outcome: unknown) => {
  answers.at(-1)?.resolve(outcome);
  await new Promise(setImmediate);
};

describe('who asks the same', () => {
  test('shares a run, and its outcome until the next commit', async () => {
    const both = [read('a', 'x'), read('a', 'x')];
    await answer('one');
    expect(await Promise.all([...both, read('a', 'x')])).toEqual(['one', 'one', 'one']);
    versions.a = 1;
    const later = read('a', 'x');
    await answer('two');
    expect([await later, begun]).toEqual(['two', ['a x', 'a x']]);
  });

  test('after a commit does not get what was begun before it, but joins what waits', async () => {
    const before = read('a', 'x');
    versions.a = 1;
    const after = [read('a', 'x'), read('a', 'x')];
    versions.a = 2;
    after.push(read('a', 'x'));
    await answer('before');
    await answer('after');
    expect(await before).toBe('before');
    expect(await Promise.all(after)).toEqual(['after', 'after', 'after']);
    expect(begun).toHaveLength(2);
  });

  test('seconds later hears it anew, because time passes without commits', async () => {
    void read('a', 'x');
    await answer('one');
    now = 4_999;
    expect(await read('a', 'x')).toBe('one');
    now = 5_000;
    void read('a', 'x');
    expect(begun).toHaveLength(2);
  });

  test('after a failure is given another try', async () => {
    const failed = read('a', 'x');
    answers[0]?.reject(new Error('no such table'));
    await expect(failed).rejects.toThrow('no such table');
    const again = read('a', 'x');
    await answer('one');
    expect(await again).toBe('one');
  });
});

describe('who waits', () => {
  test('workspaces take turns', async () => {
    for (const args of ['1', '2', '3']) void read('a', args);
    void read('b', '1');
    for (let i = 0; i < 4; i++) await answer('done');
    expect(begun).toEqual(['a 1', 'a 2', 'b 1', 'a 3']);
  });

  test('more than a hundred of one workspace are refused, those of another are not', async () => {
    for (let i = 0; i <= 100; i++) void read('a', String(i));
    await expect(read('a', 'more')).rejects.toThrow(ReadsBusy);
    const other = read('b', '1');
    for (let i = 0; i < 3; i++) await answer('done');
    expect(await other).toBe('done');
  });

  test('is refused when the server stops', async () => {
    void read('a', '1');
    const second = read('a', '2');
    await Promise.all([reader.close(), expect(second).rejects.toThrow(ReadsBusy)]);
    await expect(read('a', '3')).rejects.toThrow(ReadsBusy);
  });
});
