import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { networkOf } from '../http/caller-address.ts';
import { openMailQueue } from './mail-queue.ts';
import { isMailbox, readMailSettings, readSender } from './mail-settings.ts';

describe('settings of mail', () => {
  test.each([
    [{}, null],
    [{ SMTP_URL: 'smtp://mail.example' }, 'MAIL_FROM must be set where SMTP_URL is'],
    [{ MAIL_FROM: 'a@b.example' }, 'SMTP_URL must be set where MAIL_FROM is'],
    [{ SMTP_URL: 'http://secret.example', MAIL_FROM: 'a@b.example' }, 'SMTP_URL must be an address such as'],
    [{ SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@b.example\nBcc: c@d.example' }, 'MAIL_FROM must be an address'],
  ])('%j: %s', (env, expected) => {
    const read = readMailSettings(env);
    if (expected === null) expect(read).toEqual({ ok: true, value: null });
    else expect(read).toEqual({ ok: false, error: expect.stringContaining(expected) });
    // The value is a secret and must not get into a log.
    expect(JSON.stringify(read)).not.toContain('secret');
  });

  test('a sender with a name, and without', () => {
    expect(readSender('Ask Us <ask@shop.example>')).toEqual({ name: 'Ask Us', address: 'ask@shop.example' });
    expect(readSender(' ask@shop.example ')).toEqual({ name: '', address: 'ask@shop.example' });
    expect(readSender('"A" <a@b.example>, c@d.example')).toBeNull();
  });

  test.each(['a@b.example\r\nRCPT TO:<c@d>', 'a@b.example,c@d.example', '<a@b.example>', 'a b@c.example', 'a@-', 'a@'])(
    'nothing is sent to %j',
    (address) => expect(isMailbox(address)).toBe(false),
  );
});

describe('mails that wait', () => {
  const mail = { id: 'm', about: 's', recipient: 'a@b.example', subject: 'Hi', text: 'Hello' };
  const open = () => openMailQueue(new Sqlite(':memory:'));

  test('are taken by one at a time, and again when their sender died', () => {
    const queue = open();
    queue.add(mail, 1000);
    expect(queue.take(1000)?.id).toBe('m');
    expect(queue.take(1000)).toBeNull();
    expect(queue.take(1000 + 120_000)?.id).toBe('m');
    queue.sent('m');
    expect([queue.nextTurn(), queue.state().waiting]).toEqual([null, 0]);
  });

  test('are tried for two days, ever less often, and then given up', () => {
    const queue = open();
    queue.add(mail, 0);
    let now = 0;
    const pauses: number[] = [];
    for (let tries = 0; tries < 20; tries++) {
      const taken = queue.take(now);
      if (taken === null) break;
      const isDead = queue.failed(taken, 'not now', false, now);
      const next = queue.nextTurn();
      expect(isDead).toBe(next === null);
      if (next === null) break;
      pauses.push(next - now);
      now = next;
    }
    expect(pauses).toEqual([...pauses].toSorted((a, b) => a - b));
    expect(pauses.length).toBe(9);
    expect(now).toBeGreaterThan(1.9 * 86_400_000);
    expect(queue.state()).toEqual({ waiting: 0, failing: 0, dead: 1, lastProblem: 'not now' });
    queue.purge(now + 31 * 86_400_000);
    expect(queue.state().dead).toBe(0);
  });

  test('are given up at once where they are refused for good, and dropped with what they are about', () => {
    const queue = open();
    queue.add(mail, 0);
    const taken = queue.take(0);
    if (taken === null) throw new Error('nothing to take');
    expect(queue.failed(taken, 'no such mailbox', true, 0)).toBe(true);
    queue.dropAbout('s');
    expect(queue.state()).toEqual({ waiting: 0, failing: 0, dead: 0, lastProblem: null });
  });
});

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:12:34::1', '2001:db8:12::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'],
  ['unknown', 'unknown'],
  ["'; DROP TABLE", 'unknown'],
])('of the address %s only the network %s is kept', (address, network) => expect(networkOf(address)).toBe(network));
