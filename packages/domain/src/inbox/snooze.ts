export interface SnoozeChoice {
  readonly id: string;
  /** With its time, for people. */
  readonly label: string;
  /** Epoch ms. */
  readonly at: number;
}

const hourOfDay = (now: number, days: number, hour: number): number => {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime();
};

/** Until when something can be put off, in the zone of this device, the soonest first. */
export function snoozeChoices(now: number, locale?: string): readonly SnoozeChoice[] {
  const time = new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  return [
    { id: 'hours', name: 'In three hours', at: now + 3 * 3_600_000 },
    { id: 'tomorrow', name: 'Tomorrow morning', at: hourOfDay(now, 1, 8) },
    { id: 'monday', name: 'Next Monday', at: hourOfDay(now, toMonday, 8) },
    { id: 'fortnight', name: 'In two weeks', at: hourOfDay(now, 14, 8) },
  ].map(({ id, name, at }) => ({ id, label: `${name}, ${time.format(at)}`, at }));
}
