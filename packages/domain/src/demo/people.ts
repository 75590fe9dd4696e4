/** Eight colleagues who have not joined: assignable and counted, like owners that an import brings. */
export const demoPeople: readonly string[] = [
  'Ana Sørli',
  'Mateus Okafor',
  'Ines Valdivia',
  'Tomasz Brandt',
  'Joel Lindqvist',
  'Freya Munro',
  'Dario Conti',
  'Priya Raman',
];
