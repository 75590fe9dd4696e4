const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** One line for a lead: name and company, else how to reach them. */
export function titleOfLead(values: Readonly<Record<string, unknown>>): string {
  const named = [text(values['name']), text(values['companyName'])].filter((part) => part !== '').join(' · ');
  return (named || text(values['email']) || text(values['phone']) || 'Unnamed lead').slice(0, 300).toWellFormed();
}
