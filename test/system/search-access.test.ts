// Who finds what: every role, in every standing, on every kind of share, by every way to find something.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectedAccess, foundCompany, type Company, type Employee } from './access-company.ts';

let company: Company;
/** One word for each board that stands nowhere else, in a deal's title and in its description. */
const secret = (at: number) => `Xylograph${'abcdefghij'[at]?.repeat(4)}`;
beforeAll(async () => {
  company = await foundCompany();
  const admin = company.people.find(({ role }) => role === 'admin');
  for (const [at, board] of company.boards.entries())
    await admin?.call('PATCH', `/deals/${board.deal}`, {
      title: `Common ${secret(at)}`,
      description: `About ${secret(at)} and call +47 555 0${at} 234`,
    });
  while ((await admin?.call('GET', '/search?q=x'))?.body['isUpToDate'] !== true)
    await new Promise((resolve) => setTimeout(resolve, 30));
});
afterAll(() => company.stop());

const search = async (person: Employee, q: string) => {
  const { status, body } = await person.call('GET', `/search?q=${encodeURIComponent(q)}&limit=100`);
  expect(status).toBe(200);
  return body as unknown as { items: { id: string; parent: string; hits: { text: string }[] }[]; isUpToDate: boolean };
};
const visibleTo = (person: Employee) =>
  company.boards.filter((board) => expectedAccess(person, board.share) !== 'none');

test('everybody finds what they may open, of every board that they may open, and nothing else', async () => {
  const wrong: string[] = [];
  for (const person of company.people) {
    const { items } = await search(person, 'common');
    const seen = [...new Set(items.map(({ parent }) => parent))].sort();
    const expected = visibleTo(person)
      .map(({ id }) => id)
      .sort();
    if (seen.join() !== expected.join()) wrong.push(`${person.name}: ${seen.length} boards, not ${expected.length}`);
  }
  expect(wrong).toEqual([]);
});

test('a word that stands on a hidden board alone is as if it stood nowhere', async () => {
  const wrong: string[] = [];
  for (const person of company.people)
    for (const [at, board] of company.boards.entries()) {
      const word = secret(at);
      // Whole, its beginning, a fragment, a slip, and the number in another form.
      const slip = `${word.slice(0, 4)}${word[5]}${word[4]}${word.slice(6)}`;
      for (const q of [word, word.slice(0, -1), word.slice(4), slip, `05550${at}234`]) {
        const reply = await search(person, q);
        const isFound = reply.items.some(({ id }) => id === board.deal);
        const mayFind = expectedAccess(person, board.share) !== 'none';
        if (isFound !== mayFind)
          wrong.push(`${person.name} · ${board.share.name} · ${q}: ${isFound ? '' : 'not '}found`);
        if (!mayFind && JSON.stringify(reply).includes(word))
          wrong.push(`${person.name} · ${board.share.name}: ${q} is told`);
      }
    }
  expect(wrong).toEqual([]);
});
