import { number } from '@rapport/schema/fields';
import type { Lead } from './lead.ts';
import type { Score } from './score.ts';

/** A score as a board shows what it derives from its cards: found and ordered by, like a field. */
export const scoreField = (scores: () => (lead: Lead) => Score) => () => {
  const scoreOfLead = scores();
  return {
    score: { spec: number({ label: 'Score' }), of: (card: object) => scoreOfLead(card as Lead).score },
  };
};
