import type { Person } from '../src/logic/person.ts';

const names = [
  'Freya Munro',
  'Dario Conti',
  'Tomasz Brandt',
  'Mei Tanaka',
  'Mateus Okafor',
  'Leo Castellan',
  'Ana Sørli',
  'Joel Lindqvist',
  'Noor Haddad',
  'Priya Rao',
  'Ines Valdivia',
  'Sam Archer',
];

/** Twelve made-up colleagues, one for each colour. */
export const people: Person[] = names.map((name, index) => ({
  id: `u${index + 1}`,
  name,
  colour: index + 1,
  state: index === 11 ? 'idle' : 'here',
}));

/** The colleague with a colour, 1 to 12. */
export function colleague(colour: number): Person {
  const person = people[colour - 1];
  if (person === undefined) throw new Error(`There is no colleague ${colour}.`);
  return person;
}
