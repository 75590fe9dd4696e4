import type { ToldReason } from './duplicate-api.ts';

const whats: Readonly<Record<string, string>> = {
  name: 'name',
  email: 'e-mail',
  phone: 'phone',
  company: 'company',
  site: 'website',
  address: 'address',
  date: 'birthday',
  code: 'number',
};

/** A reason as people say it: “Same e-mail”, “Names swapped”. */
export function reasonText({ what, how }: ToldReason): string {
  const word = whats[what] ?? what;
  const capital = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  switch (how) {
    case 'same':
      return `Same ${word}`;
    case 'alike':
      return `Similar ${word}`;
    case 'swapped':
      return what === 'name' ? 'Names swapped' : `${capital} turned round`;
    case 'nickname':
      return 'Nickname';
    default:
      return `${capital} differs`;
  }
}

export const reasonTone = ({ how }: ToldReason): 'success' | 'warning' | undefined =>
  how === 'same' || how === 'swapped' ? 'success' : how === 'different' ? 'warning' : undefined;

/** A score as a word: nobody knows what 0.87 is. */
export const scoreWord = (score: number): string =>
  score >= 0.98 ? 'Almost certain' : score >= 0.85 ? 'Likely' : 'Possible';
