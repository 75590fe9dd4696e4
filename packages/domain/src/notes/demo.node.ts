import { broughtByDemo, demoAgent, type DemoPart } from '../demo/demo-part.node.ts';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import type { BodyNode, ElementNode } from './body-tree.ts';
import { createNote } from './create-note.node.ts';
import { editMeta } from './ops.ts';

const text = (words: string, isBold = false): BodyNode => ({
  text: words,
  marks: isBold ? [{ type: 'bold', attributes: {} }] : [],
});
const block = (type: string, ...children: BodyNode[]): ElementNode => ({ type, attributes: {}, children });
const heading = (words: string): ElementNode => ({
  type: 'heading',
  attributes: { level: 2 },
  children: [text(words)],
});
const item = (words: string): ElementNode => block('listItem', block('paragraph', text(words)));

const dayMs = 86_400_000;

/** What everybody in the library reads. */
async function addForAll(ws: WorkspaceContext, deps: NounDeps): Promise<void> {
  await createNote(ws, deps, {
    agent: demoAgent,
    title: 'Cold-room survey, step by step',
    tags: ['how we work'],
    body: [
      block('paragraph', text('Two people, half a day, and one sheet a room. Send the summary the same evening.')),
      heading('On site'),
      block(
        'bulletList',
        item('Walk it once without tools: doors, defrost cycles, who opens what when.'),
        item('Log air temperature for twenty minutes at the coldest and the warmest spot.'),
        item('Photograph every cable way that we would use.'),
      ),
      heading('Afterwards'),
      block(
        'bulletList',
        item('Probe count and spacing for each room, with the reason where it differs from 4 m.'),
        item('What the customer does at an alarm at three in the morning. Nobody: then say so.'),
      ),
    ],
  });
  await createNote(ws, deps, {
    agent: demoAgent,
    title: 'How we quote',
    tags: ['how we work'],
    body: [
      block(
        'paragraph',
        text('One page', true),
        text(', three lines: sensors, gateway, service for a year. Discounts are for years, never for haste.'),
      ),
    ],
  });
}

/** Clearly fictional notes: two for everybody, and one about a sample deal with tasks for the sample colleagues. */
async function add(ws: WorkspaceContext, deps: NounDeps): Promise<void> {
  await addForAll(ws, deps);
  const deal = ws.query.get<{ id: string }>(
    `SELECT id FROM deals WHERE title = 'Smokehouse retrofit' AND deleted_at IS NULL`,
  );
  const people = ws.people.list().filter(({ status }) => status !== 'removed');
  const mention = (noun: string, ref: string): ElementNode => ({
    type: 'mention',
    attributes: { noun, ref, mid: deps.newId() },
    children: [],
  });
  const task = (words: string, who: number, inDays: number, checked = false): ElementNode => {
    const member = people[who % Math.max(1, people.length)];
    const due = new Date(deps.now() + inDays * dayMs).toISOString().slice(0, 10);
    return {
      type: 'taskItem',
      attributes: { checked, taskId: deps.newId(), due, ...(member === undefined ? {} : { assignee: member.id }) },
      children: [block('paragraph', text(words))],
    };
  };
  await createNote(ws, deps, {
    agent: demoAgent,
    title: 'Herring season',
    tags: ['season'],
    links: deal === undefined ? [] : [{ noun: 'deal', id: deal.id }],
    body: [
      block(
        'paragraph',
        text('Hollin starts the season on '),
        text('10 January', true),
        text(
          '. Everything in kiln 2 and the landing hall has to be live a week before that, so we count back from Friday 2 January, bank holidays included.',
        ),
        ...(deal === undefined ? [] : [text(' It is all in '), mention('deal', deal.id), text('.')]),
      ),
      heading('What has to be true'),
      block(
        'bulletList',
        item('Probe spacing as in the May job: every 4 m, both aisles, plus the door.'),
        item('Steel housings for kiln 2: smoke at 28 °C for nine hours.'),
        item('One alarm path for both halls, tested at night with the duty phone.'),
      ),
      heading('Who does what'),
      block(
        'taskList',
        task('Measure kiln 2 door and flue', 1, -2, true),
        task('Order 26 steel housings', 2, 2),
        task('Book two nights for the alarm test', 3, -1),
      ),
    ],
  });
}

async function remove(ws: WorkspaceContext, deps: NounDeps): Promise<number> {
  const brought = broughtByDemo(ws, 'notes');
  for (const { doc } of brought)
    await ws.hub.transact(doc, ws.author(), (live) => editMeta(live, { deleted: true }, deps.now()));
  return brought.length;
}

/** The sample's notes. */
export const notesDemo: DemoPart = { add, remove };
