/** Stages as CRMs and sales teams name them, in the order in which a deal goes through them. */
const usual: readonly RegExp[] = [
  /prospect|lead in|^lead|^new|inbound|suspect/,
  /contact|outreach|kontakt/,
  /appointment|meeting|first call|termin/,
  /qualif/,
  /engag|needs|discover|bedarf/,
  /value prop|demo|presentation|präsentation|pilot|trial|survey/,
  /decision|perception|evaluat/,
  /proposal|quote|offer|angebot/,
  /negotiat|review|verhandl/,
  /verbal|commit|contract|closing|vertrag|zusage/,
];

const placeOf = (name: string): number => usual.findIndex((words) => words.test(name.trim().toLowerCase()));

/**
 * Stages in the order of a sale, where all of their names tell it; else as they are given. A file has its deals in any
 * order, and the stage that happens to come first in it is not the first of the sale.
 */
export function inUsualOrder<Stage extends { readonly name: string }>(stages: readonly Stage[]): readonly Stage[] {
  const places = new Map(stages.map((stage) => [stage, placeOf(stage.name)]));
  if ([...places.values()].includes(-1)) return stages;
  return stages.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}
