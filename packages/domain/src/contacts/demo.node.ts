import { broughtByDemo } from '../demo/demo-part.node.ts';
import { demoCustomers } from '../demo/customers.ts';
import { seeded } from '../demo/seeded.ts';
import { recordDemo, type DemoRecord } from '../records/demo.node.ts';
import { contactType } from './schema.ts';

const dayMs = 86_400_000;
const firstNames = [
  'Ada',
  'Bram',
  'Chidi',
  'Dorota',
  'Elin',
  'Fergus',
  'Greta',
  'Hamza',
  'Isolde',
  'Jun',
  'Kerstin',
  'Luca',
  'Maren',
  'Nadia',
  'Orla',
  'Pavel',
];
const lastNames = [
  'Ashdown',
  'Birkett',
  'Castellano',
  'Dunmore',
  'Eklund',
  'Farrow',
  'Gallacher',
  'Halloran',
  'Iqbal',
  'Jessop',
  'Kowalski',
  'Lindgren',
  'Marchetti',
];
const jobs = ['Head of operations', 'Buyer', 'Quality manager', 'Site manager', 'Facilities lead', 'Finance director'];
const logged = [
  { kind: 'call', text: 'Went through the survey dates; wants the night shift left in peace.' },
  { kind: 'call', text: 'Asked about alarms by phone and who gets them at the weekend.' },
  { kind: 'meeting', text: 'Walked both halls. Probes every 4 m, gateway above the loading door.' },
  { kind: 'email', text: 'Sent the floor plan back with the cable runs marked.' },
] as const;

/** Whose name is not made of the lists: other scripts, long ones, one that stands there twice. */
const named: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'Tarn Valley Creamery': [
    ['Ada', 'Ashdown'],
    ['Bram', 'Farrow'],
    ['Ada', 'Ashdown'],
  ],
  'مختبرات الواحة': [
    ['ليلى', 'منصور'],
    ['عمر', 'الحداد'],
  ],
  'Köhler Kühllogistik': [
    ['Jörg', 'Kühnemann-Stötzer'],
    ['Annegret', 'von Hohenstein-Wackerbarth'],
  ],
};

/** For addresses: letters without their marks, hyphens for what is no letter. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** Two or three people at each of the sample's customers. */
export const contactsDemo = recordDemo(contactType, (ws, deps) => {
  const random = seeded(13);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const people = ws.people.list();
  const brought = new Set(broughtByDemo(ws, 'companies').map(({ id }) => id));
  const companies = new Map(
    ws.query
      .all<{ id: string; name: string }>('SELECT id, name FROM companies')
      .flatMap(({ id, name }) => (brought.has(id) ? [[name, id] as const] : [])),
  );
  let line = 0;
  return demoCustomers.flatMap(({ name: customer, domain }): DemoRecord[] => {
    const company = companies.get(customer);
    const count = named[customer]?.length ?? (random() < 0.4 ? 3 : 2);
    return Array.from({ length: count }, (_, at): DemoRecord => {
      const [firstName, lastName] = named[customer]?.[at] ?? [
        firstNames[line % firstNames.length] ?? '',
        lastNames[(line * 5) % lastNames.length] ?? '',
      ];
      line += 1;
      const address = [plain(firstName), plain(lastName)].filter((part) => part !== '').join('.') || `office${at + 1}`;
      return {
        id: deps.newId(),
        values: {
          firstName,
          lastName,
          jobTitle: pick(jobs),
          owner: pick(people)?.id ?? null,
          lifecycle: random() < 0.6 ? 'customer' : 'prospect',
          createdAt: Math.round(deps.now() - (20 + random() * 400) * dayMs),
          nextActivity:
            random() < 0.3
              ? {
                  what: 'Call',
                  due: new Date(deps.now() + Math.round(random() * 14 - 2) * dayMs).toISOString().slice(0, 10),
                }
              : null,
        },
        points: {
          [deps.newId()]: { kind: 'email', type: 'work', value: `${address}@${domain}` },
          // Numbers that are kept for fiction (Ofcom).
          [deps.newId()]: { kind: 'phone', type: 'work', value: `+44 20 7946 0${String(line + 100).padStart(3, '0')}` },
        },
        links: company === undefined ? {} : { [company]: { noun: 'company', role: '' } },
        consent:
          random() < 0.5
            ? {
                newsletter: {
                  state: 'granted',
                  at: Math.round(deps.now() - random() * 300 * dayMs),
                  source: 'Trade fair',
                  proof: 'Signed at the stand',
                },
              }
            : {},
        entries: random() < 0.5 ? [{ ...pick(logged), at: Math.round(deps.now() - random() * 20 * dayMs) }] : [],
      };
    });
  });
});
