import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { pageHeaders } from '../forms/page-headers.ts';
import { securityHeaders } from './security-headers.ts';

const app = new Hono()
  .use(securityHeaders('https://crm.example'))
  .get('/page', (c) => c.text('plain'))
  .get('/contents', (c) => c.text('x', 200, { 'content-security-policy': "sandbox; default-src 'none'" }))
  .get('/form', (c) => {
    pageHeaders(c, { frames: ['https://shop.example'], goal: 'https://shop.example/thanks' });
    return c.text('form');
  })
  .get('/lonely', (c) => {
    pageHeaders(c);
    return c.text('form');
  });

test.each([
  ['/page', 'DENY'],
  // Says nothing of frames itself.
  ['/contents', 'DENY'],
  ['/lonely', 'DENY'],
  ['/form', null],
])('%s may be framed: %s', async (path, frames) => {
  const { headers } = await app.request(path);
  expect(headers.get('x-frame-options')).toBe(frames);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('strict-transport-security')).not.toBeNull();
});

test('a form’s page names who may frame it, and where it leads', async () => {
  const policy = (await app.request('/form')).headers.get('content-security-policy') ?? '';
  expect(policy).toContain('frame-ancestors https://shop.example');
  expect(policy).toContain("form-action 'self' https://shop.example");
  expect(policy).not.toContain('unsafe');
});
