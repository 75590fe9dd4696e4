import { demoCustomers } from '../demo/customers.ts';
import { seeded } from '../demo/seeded.ts';
import { recordDemo, type DemoRecord } from '../records/demo.node.ts';
import { companyType } from './schema.ts';

const dayMs = 86_400_000;

/** The sample's customers. */
export const companiesDemo = recordDemo(companyType, (ws, deps) => {
  const random = seeded(11);
  const people = ws.people.list();
  const ids = new Map(demoCustomers.map(({ name }) => [name, deps.newId()]));
  return demoCustomers.map((customer): DemoRecord => {
    const { name, industry, city, country, domain, employees, parent } = customer;
    return {
      id: ids.get(name) ?? deps.newId(),
      values: {
        name,
        industry,
        domain,
        website: `https://www.${domain}`,
        employees,
        parent: parent === undefined ? null : (ids.get(parent) ?? null),
        owner: people[Math.floor(random() * people.length)]?.id ?? null,
        lifecycle: random() < 0.6 ? 'customer' : 'prospect',
        tags: random() < 0.3 ? ['Key account'] : null,
        source: ['Referral', 'Trade fair', 'Web form'][Math.floor(random() * 3)] ?? null,
        createdAt: Math.round(deps.now() - (40 + random() * 500) * dayMs),
      },
      points: {
        [deps.newId()]: { kind: 'email', type: 'work', value: `hello@${domain}` },
        [deps.newId()]: { kind: 'address', type: 'work', value: { city, country } },
      },
    };
  });
});
