/** A name reduced to what makes it that name: no case, accents, spaces or punctuation. `GTX Pro` and `GTXPro` agree. */
export const nameKey = (text: string): string =>
  stripped(text) ||
  // Nothing but signs: then they are the name.
  text.trim().toLowerCase();

const stripped = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
