import { makeFormAddresses } from '../../apps/server/src/forms/form-addresses.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsOf, fillIn, get, openFormBench, post, type FormBench } from './forms-fixture.ts';
import { caller, joinAs } from './server-fixture.ts';

let bench: FormBench;
beforeAll(async () => {
  bench = await openFormBench({ LIMIT_FORM_PER_ADDRESS: '1000', LIMIT_FORM_PER_FORM: '1000' });
});
afterAll(() => bench.server.stop());

const eve = { name: 'Eve Adler', email: 'eve@adler.example', message: 'Please call me.' };
const submissions = async (id: string) => (await bench.ana.call('GET', `${bench.path}/forms/${id}/submissions`)).body;
const leadOf = async (form: string) => (await bench.leads()).filter((lead) => lead['form'] === form);

describe('what a stranger fills in', () => {
  test('becomes a lead, with where it came from', async () => {
    const id = await bench.form({ name: 'Ask us', source: 'Website' });
    const thanks = await fillIn(bench, id, eve, '?utm_source=news&utm_campaign=%3Cspring%3E&utm_other=x');
    expect(thanks.status).toBe(200);
    expect(thanks.html).toContain('Thank you');
    const [lead] = await leadOf(id);
    expect(lead).toMatchObject({
      title: 'Eve Adler',
      name: 'Eve Adler',
      email: 'eve@adler.example',
      message: 'Please call me.',
      source: 'Website',
      utmSource: 'news',
      utmCampaign: '<spring>',
      landingPage: `${bench.server.url}/f/${id}`,
      board: bench.board,
    });
    expect(await submissions(id)).toMatchObject({
      total: 1,
      counts: { lead: 1 },
      items: [{ state: 'lead', lead: lead?.['id'], board: bench.board, title: 'Eve Adler' }],
    });
  });

  test('is checked by the lead’s own fields, and shown again where it is wrong', async () => {
    const id = await bench.form({
      language: 'de',
      fields: [
        { field: 'name', required: true },
        { field: 'email' },
        { field: 'phone' },
        { field: 'website' },
        { field: 'country', options: ['Denmark', 'Sweden'], label: 'Where?' },
        { field: 'companyName' },
      ],
      consents: [{ purpose: 'news', wording: 'Send me news', required: true }],
    });
    const wrong = await fillIn(bench, id, {
      name: ' ',
      email: 'a@b, c@d',
      phone: 'later',
      website: 'javascript:alert(1)',
      country: 'Norway',
      companyName: 'x'.repeat(301),
    });
    expect(wrong.status).toBe(422);
    expect(wrong.html.match(/class="error"/g)).toHaveLength(7);
    expect(wrong.html).toContain('Bitte ausfüllen.');
    expect(wrong.html).toContain('länger als 300 Zeichen');
    const again = fieldsOf(wrong.html);
    expect(again).toMatchObject({ email: 'a@b, c@d', phone: 'later' });
    const consent = /name="(_consent_[^"]+)"/.exec(wrong.html)?.[1] ?? '';
    const right = { name: 'Eve', email: '', phone: '+45 20 30 40 50', website: 'adler.example', country: 'Sweden' };
    const sent = await post(bench.server, `/f/${id}`, { ...again, ...right, companyName: '', [consent]: 'on' });
    expect(sent.status).toBe(200);
    const [lead] = await leadOf(id);
    expect(lead).toMatchObject({ website: 'https://adler.example', country: 'Sweden', phone: '+45 20 30 40 50' });
    expect(lead?.['consent']).toMatchObject({
      news: { state: 'granted', proof: expect.stringMatching(/^Agreed to “Send me news” on .*127\.0\.0\.0\/24/) },
    });
  });

  test('makes one lead however often the button is pressed, and another when it is changed', async () => {
    const id = await bench.form();
    const fields = { ...fieldsOf((await get(bench.server, `/f/${id}`)).html), ...eve };
    bench.later(4000);
    const both = await Promise.all([post(bench.server, `/f/${id}`, fields), post(bench.server, `/f/${id}`, fields)]);
    const later = await post(bench.server, `/f/${id}`, fields);
    expect([...both, later].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await leadOf(id)).toHaveLength(1);
    await post(bench.server, `/f/${id}`, { ...fields, message: 'And bring cake.' });
    expect(await leadOf(id)).toHaveLength(2);
  });

  test('fills fields of the workspace’s own, and is taken by a status that asks for no more than it has', async () => {
    const field = await bench.ana.call('POST', `${bench.path}/fields`, {
      noun: 'lead',
      type: 'select',
      label: 'Budget',
      options: ['Small', 'Large'],
    });
    const key = String(field.body['key']);
    const made = await bench.ana.call('POST', `${bench.path}/boards`, {
      name: 'Strict',
      kind: 'leads',
      stages: [{ name: 'New', required: ['phone'] }, { name: 'Unsorted' }, { name: 'Out', kind: 'lost' }],
    });
    const board = String(made.body['id']);
    const id = await bench.form({ board, fields: [{ field: 'name', required: true }, { field: key }] });
    expect((await fillIn(bench, id, { name: 'Eve', [key]: 'Large' })).status).toBe(200);
    const option = (field.body['options'] as { id: string; label: string }[]).find(({ label }) => label === 'Large');
    const [lead] = await leadOf(id);
    expect(lead).toMatchObject({ name: 'Eve', custom: { [key]: option?.id }, board });
    const stages = made.body['stages'] as { id: string; name: string }[];
    expect(lead?.['stage']).toBe(stages.find(({ name }) => name === 'Unsorted')?.id);
  });

  test('by a program is told by the trap and by its haste', async () => {
    const id = await bench.form();
    const trapped = await fillIn(bench, id, { ...eve, _website: 'https://spam.example' });
    expect(trapped.html).toContain('Thank you');
    const page = await get(bench.server, `/f/${id}`);
    const fields: Record<string, string> = { ...fieldsOf(page.html), ...eve };
    const hasty = await post(bench.server, `/f/${id}`, fields);
    expect([hasty.status, fieldsOf(hasty.html)['name']]).toEqual([422, eve.name]);
    const forged = await post(bench.server, `/f/${id}`, { ...fields, _t: `${'0'}.abc.def` });
    expect(forged.status).toBe(422);
    expect(await leadOf(id)).toEqual([]);
    // A person who was told so presses again.
    bench.later(4000);
    expect((await post(bench.server, `/f/${id}`, fieldsOf(hasty.html))).status).toBe(200);
    expect(await leadOf(id)).toHaveLength(1);
    expect((await submissions(id))['counts']).toMatchObject({ lead: 1, spam: 1 });
    // A page that was open since yesterday gets a new token and keeps what was typed.
    bench.later(25 * 3_600_000);
    const old = await post(bench.server, `/f/${id}`, fields);
    expect([old.status, fieldsOf(old.html)['_t'] === fields['_t']]).toEqual([422, false]);
  });

  test('can be tried by whoever builds it, without a lead', async () => {
    const id = await bench.form({ active: false });
    const { body } = await bench.ana.call('POST', `${bench.path}/forms/${id}/test-link`, {});
    const query = new URL(String(body['url'])).search;
    const done = await fillIn(bench, id, eve, query);
    expect(done.html).toContain('No lead was made');
    expect(await leadOf(id)).toEqual([]);
    expect((await submissions(id))['counts']).toMatchObject({ lead: 0, test: 1 });
    bench.later(3_600_000);
    expect((await get(bench.server, `/f/${id}${query}`)).status).toBe(404);
    expect((await get(bench.server, `/f/${id}?test=abc.def.ghi`)).status).toBe(404);
  });

  test('goes on to the address that the form names, and to no other', async () => {
    const id = await bench.form({ redirect: 'https://shop.example/thanks?x=1' });
    const sent = await fillIn(bench, id, eve);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, 'https://shop.example/thanks?x=1']);
    // In a frame the way on is a link: the other site would refuse to be shown there.
    const page = await get(bench.server, `/f/${id}`, { 'sec-fetch-dest': 'iframe' });
    expect(page.html).toContain('class="framed"');
    bench.later(4000);
    const framed = { 'sec-fetch-dest': 'iframe' };
    const inside = await post(bench.server, `/f/${id}`, { ...fieldsOf(page.html), ...eve, name: 'Framed' }, framed);
    expect([inside.status, inside.html.includes('href="https://shop.example/thanks?x=1" target="_top"')]).toEqual([
      200,
      true,
    ]);
    for (const redirect of ['javascript:alert(1)', '//evil.example', 'data:text/html,x', 'https://a;sandbox'])
      expect((await bench.ana.call('PATCH', `${bench.path}/forms/${id}`, { redirect })).status).toBe(400);
  });
});

describe('the page', () => {
  test('is strict, sets no cookie, and stands only in frames that the form allows', async () => {
    const id = await bench.form({ origins: ['https://www.shop.example', 'https://SHOP.example:443/path'] });
    const { headers, html } = await get(bench.server, `/f/${id}?host=https://www.shop.example`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('frame-ancestors https://www.shop.example https://shop.example');
    expect(policy).not.toContain('unsafe');
    expect([headers.get('set-cookie'), headers.get('x-frame-options')]).toEqual([null, null]);
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(html).toContain('data-host="https://www.shop.example"');
    expect((await get(bench.server, `/f/${id}?host=https://evil.example`)).html).not.toContain('framed.js');

    const alone = await bench.form();
    for (const path of [`/f/${alone}`, '/f/unknown', '/', '/api/health']) {
      const other = await get(bench.server, path);
      expect(other.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(other.headers.get('x-frame-options')).toBe('DENY');
    }
    const script = await get(bench.server, `/f/${id}/embed.js`);
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(script.headers.get('content-type')).toContain('text/javascript');
  });

  test('of a form that is off, deleted or never was is one and the same', async () => {
    const off = await bench.form({ active: false });
    const gone = await bench.form();
    await bench.ana.call('DELETE', `${bench.path}/forms/${gone}`);
    const pages = [];
    for (const id of [off, gone, '01ARZ3NDEKTSV4RRFFQ69G5FAV', 'x'])
      for (const page of [await get(bench.server, `/f/${id}`), await post(bench.server, `/f/${id}`, eve)])
        pages.push(`${page.status} ${page.headers.get('content-security-policy')} ${page.html}`);
    expect(new Set(pages).size).toBe(1);
    expect(pages[0]).toContain('404');
  });

  test.each([
    ['switched off', 'PATCH', { active: false }],
    ['deleted', 'DELETE', {}],
  ] as const)('of a form that was %s while it was filled in gives back what was written', async (_, method, body) => {
    const id = await bench.form({
      language: 'de',
      fields: [
        { field: 'name', label: 'Wer?' },
        { field: 'message', label: 'Was?' },
        { field: 'country', label: 'Wo?', options: ['Dänemark', 'Schweden'] },
      ],
      consents: [{ purpose: 'news', wording: 'Neues' }],
      origins: ['https://shop.example'],
    });
    const page = await get(bench.server, `/f/${id}`);
    const consent = /name="(_consent_[^"]+)"/.exec(page.html)?.[1] ?? '';
    const fields: Record<string, string> = {
      ...fieldsOf(page.html),
      name: '</dd><script>alert(1)</script>',
      message: 'line 1\nline "2"',
      country: 'Schweden',
      [consent]: 'on',
      removed: 'asked until a minute ago',
    };
    bench.later(4000);
    await bench.ana.call(method, `${bench.path}/forms/${id}`, body);
    const before = await leadOf(id);
    const closed = await post(bench.server, `/f/${id}`, fields, { 'sec-fetch-dest': 'iframe' });
    expect(closed.status).toBe(410);
    expect(closed.html).toContain('Dieses Formular wurde geschlossen');
    const kept = [...closed.html.matchAll(/<dt[^>]*>([^<]*)<\/dt>\s*<dd[^>]*>([^<]*)<\/dd>/g)].map((match) =>
      match.slice(1),
    );
    expect(kept).toEqual([
      ['Wer?', '&#60;/dd&#62;&#60;script&#62;alert(1)&#60;/script&#62;'],
      ['Was?', 'line 1\nline &#34;2&#34;'],
      ['Wo?', 'Schweden'],
      ['Neues', 'Ja'],
      ['–', 'asked until a minute ago'],
    ]);
    expect(closed.html).toContain('class="framed"');
    expect(closed.headers.get('content-security-policy')).toContain('frame-ancestors https://shop.example');
    expect(await leadOf(id)).toEqual(before);
    if (method === 'PATCH') expect((await submissions(id))['total']).toBe(0);

    // Whoever has no page of this very form learns nothing.
    const never = await post(bench.server, '/f/01ARZ3NDEKTSV4RRFFQ69G5FAV', fields);
    const other = fieldsOf((await get(bench.server, `/f/${await bench.form()}`)).html)['_t'] ?? '';
    for (const _t of ['', 'abc.def.ghi', other, `${fields['_t']?.slice(0, -1)}!`]) {
      const guessed = await post(bench.server, `/f/${id}`, { ...fields, _t });
      expect([guessed.status, guessed.html]).toEqual([404, never.html]);
    }
  });

  test('that fails to be read gives back what was written, too', async () => {
    const id = await bench.form();
    const fields = { ...fieldsOf((await get(bench.server, `/f/${id}`)).html), ...eve };
    const { host } = bench.server.services;
    const { open } = host;
    host.open = () => Promise.reject(new Error('the disk is gone'));
    const failed = await post(bench.server, `/f/${id}`, fields);
    const stranger = await post(bench.server, `/f/${id}`, { ...fields, _t: 'abc.def.ghi' });
    host.open = open;
    expect([failed.status, failed.html.includes(eve.message), failed.html.includes('the disk')]).toEqual([
      503,
      true,
      false,
    ]);
    expect([stranger.status, stranger.html.includes(eve.message)]).toEqual([503, false]);
  });

  test('shows what anybody wrote as text', async () => {
    const evil = [
      '"><script>alert(1)</script>',
      "' onfocus=alert(1) autofocus='",
      '</textarea><img src=x onerror=alert(1)>',
      '{{7*7}}${7*7}<%= 7 %>',
      '\u202egnp.exe\u0000`',
      '<svg/onload=alert(1)>',
      '&quot;&lt;script&gt;',
    ];
    for (const text of evil) {
      const id = await bench.form({
        name: `N ${text}`,
        intro: text,
        button: `B ${text}`.slice(0, 60),
        thanks: text,
        fields: [
          { field: 'name', label: `L ${text}`, help: text, required: true },
          { field: 'message', label: text },
          { field: 'country', label: text, options: [text] },
        ],
        consents: [{ purpose: `p ${text}`, wording: `W ${text}` }],
      });
      const first = await get(bench.server, `/f/${id}?utm_source=${encodeURIComponent(text)}`);
      bench.later(4000);
      const again = await post(bench.server, `/f/${id}`, { ...fieldsOf(first.html), message: text, name: '' });
      const done = await post(bench.server, `/f/${id}`, { ...fieldsOf(again.html), message: text, name: text });
      for (const { html } of [first, again, done]) {
        const tags = html.match(/<\/?[a-z][^\s>/]*/gi)?.map((tag) => tag.toLowerCase());
        expect(tags).not.toContain('<img');
        expect(tags).not.toContain('<svg/onload');
        expect(html).not.toMatch(/<script(?! src="\/f\/)/i);
        // No attribute but those that we write.
        expect(html.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+\s*=/i);
      }
      expect(done.status).toBe(200);
    }
  });
});

describe('limits', () => {
  test('a flood from one address is slowed, and what was typed stays', async () => {
    const slow = await openFormBench({ LIMIT_FORM_PER_ADDRESS: '2', LIMIT_FORM_BYTES: '4000' });
    try {
      const id = await slow.form();
      const fields = { ...fieldsOf((await get(slow.server, `/f/${id}`)).html), ...eve };
      slow.later(4000);
      const replies = [];
      for (const name of ['A', 'B', 'C']) replies.push(await post(slow.server, `/f/${id}`, { ...fields, name }));
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 429]);
      expect(Number(replies[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(fieldsOf(replies[2]?.html ?? '')).toMatchObject({ name: 'C', message: eve.message });
      expect((await slow.leads()).length).toBe(2);
      const long = await post(slow.server, `/f/${id}`, { ...fields, message: 'x'.repeat(5000) });
      expect(long.status).toBe(413);
    } finally {
      await slow.server.stop();
    }
  });
});

test('its address leads to its workspace before anybody opened that', async () => {
  const id = await bench.form();
  const { services, dataDir } = bench.server;
  const fresh = makeFormAddresses({ control: services.control.handle, dataDir });
  expect([fresh.find(id), fresh.find('01ARZ3NDEKTSV4RRFFQ69G5FAV')]).toEqual([bench.workspaceId, null]);
  expect(fresh.withMail()).toEqual([]);
});

test('while nothing can be saved, what was typed stays on the page, and nothing is made twice', async () => {
  const id = await bench.form();
  const fields = { ...fieldsOf((await get(bench.server, `/f/${id}`)).html), ...eve };
  bench.later(4000);
  const { forms } = await bench.server.services.host.open(bench.workspaceId);
  const { add } = forms;
  forms.add = () => {
    throw new Error('disk full');
  };
  const failed = await post(bench.server, `/f/${id}`, fields);
  forms.add = add;
  expect([failed.status, fieldsOf(failed.html)['message']]).toEqual([503, eve.message]);
  expect((await post(bench.server, `/f/${id}`, fieldsOf(failed.html))).status).toBe(200);
  // The lead had been made; noting it had failed.
  expect(await leadOf(id)).toHaveLength(1);
});

describe('who may build forms', () => {
  test('those who may edit the board that it lies on; the others do not learn of it', async () => {
    const vi = await joinAs(bench.server, bench.ana, bench.path, 'Vi Viewer', 'viewer');
    const mo = await joinAs(bench.server, bench.ana, bench.path, 'Mo Member', 'member');
    const made = await bench.ana.call('POST', `${bench.path}/boards`, { name: 'Secret', kind: 'leads', private: true });
    const board = String(made.body['id']);
    await bench.ana.call('PUT', `${bench.path}/shares/${board}`, { kind: 'restricted', grants: [] });
    const id = await bench.form({ board });
    const open = await bench.form();
    expect((await vi.call('GET', `${bench.path}/forms/${open}`)).status).toBe(200);
    expect((await vi.call('PATCH', `${bench.path}/forms/${open}`, { name: 'x' })).status).toBe(403);
    expect((await vi.call('POST', `${bench.path}/forms`, {})).status).toBe(403);
    for (const [method, rest, body] of [
      ['GET', ''],
      ['PATCH', '', { name: 'x' }],
      ['DELETE', ''],
      ['POST', '/restore', {}],
      ['GET', '/submissions'],
      ['POST', '/test-link', {}],
    ] as const)
      expect((await mo.call(method, `${bench.path}/forms/${id}${rest}`, body)).status).toBe(404);
    expect((await mo.call('POST', `${bench.path}/forms`, { board })).status).toBe(400);
    expect((await mo.call('PATCH', `${bench.path}/forms/${open}`, { board })).status).toBe(400);
    const list = await mo.call('GET', `${bench.path}/forms?limit=500`);
    expect(list.body.items?.map((each) => each['id'])).toContain(open);
    expect(list.body.items?.map((each) => each['id'])).not.toContain(id);
    expect((await caller(bench.server)('GET', `${bench.path}/forms`)).status).toBe(401);
  });

  test('unknown fields, fields of the team’s own, and double opt-in without mail are refused by name', async () => {
    const { path, ana } = bench;
    const wrong = await ana.call('POST', `${path}/forms`, { fields: [{ field: 'name' }, { field: 'owner' }] });
    expect([wrong.status, Object.keys(wrong.body.error?.fields ?? {})]).toEqual([400, ['fields.1.field']]);
    const mail = await ana.call('POST', `${path}/forms`, { doubleOptIn: true });
    expect([mail.status, mail.body.error?.message]).toEqual([400, expect.stringContaining('SMTP_URL')]);
    expect((await ana.call('POST', `${path}/forms`, { colour: 'red' })).body.error?.fields).toHaveProperty('colour');
  });
});
