import type { ElementNode } from '../notes/body-tree.ts';

/** What a note can begin with. */
export interface Template {
  readonly id: string;
  readonly name: string;
  /** One line: when to take it. */
  readonly use: string;
  readonly body: readonly ElementNode[];
}

const text = (words: string) => (words === '' ? [] : [{ text: words, marks: [] }]);
const element = (type: string, children: ElementNode['children'], attributes = {}): ElementNode => ({
  type,
  attributes,
  children,
});
const paragraph = (words = ''): ElementNode => element('paragraph', text(words));
const heading = (words: string): ElementNode => element('heading', text(words), { level: 2 });
const bullets = (...lines: string[]): ElementNode =>
  element(
    'bulletList',
    lines.map((line) => element('listItem', [paragraph(line)])),
  );
const checks = (...lines: string[]): ElementNode =>
  element(
    'taskList',
    lines.map((line) => element('taskItem', [paragraph(line)], { checked: false })),
  );
const table = (head: readonly string[], rows: number): ElementNode =>
  element('table', [
    element(
      'tableRow',
      head.map((name) => element('tableHeader', [paragraph(name)], { colspan: 1, rowspan: 1 })),
    ),
    ...Array.from({ length: rows }, () =>
      element(
        'tableRow',
        head.map(() => element('tableCell', [paragraph()], { colspan: 1, rowspan: 1 })),
      ),
    ),
  ]);

/** Those that come with the product; a team's own are notes with the tag `template`. */
export const templates: readonly Template[] = [
  {
    id: 'call-report',
    name: 'Call report',
    use: 'What was said on the phone, and what follows from it',
    body: [
      heading('Who and why'),
      bullets('With: ', 'Reason: '),
      heading('What we heard'),
      bullets(''),
      heading('What we promised'),
      checks(''),
      heading('Next step'),
      checks('Date and owner of the next step'),
    ],
  },
  {
    id: 'meeting-notes',
    name: 'Meeting notes',
    use: 'Agenda, decisions and who does what',
    body: [
      heading('People'),
      bullets('Ours: ', 'Theirs: '),
      heading('Agenda'),
      bullets(''),
      heading('Decisions'),
      bullets(''),
      heading('To do'),
      checks(''),
      heading('Open questions'),
      bullets(''),
    ],
  },
  {
    id: 'handover',
    name: 'Handover',
    use: 'A customer goes from one colleague, or department, to the next',
    body: [
      heading('Where things stand'),
      paragraph(),
      heading('People at the customer'),
      table(['Name', 'Role', 'What matters to them'], 3),
      heading('What was promised'),
      checks(''),
      heading('Known risks'),
      bullets(''),
      heading('First week'),
      checks('Introduce yourself', 'Read the last three meeting notes', 'Confirm the next date'),
    ],
  },
  {
    id: 'account-plan',
    name: 'Account plan',
    use: 'Where a customer is to be in a year, and how',
    body: [
      heading('The customer today'),
      bullets('Business: ', 'What they buy from us: ', 'Who else they buy from: '),
      heading('Goals for the year'),
      bullets(''),
      heading('People who decide'),
      table(['Name', 'Role', 'For us or against'], 3),
      heading('Steps'),
      table(['Step', 'Owner', 'By'], 3),
      heading('Risks'),
      bullets(''),
    ],
  },
];
