/** A colleague as the interface shows them. `colour` is 1 to 12, their place in the person colours. */
export type Person = { id: string; name: string; colour: number; state?: 'here' | 'idle' | 'away' | undefined };

/** “AS” for Ana Sørli: the first letters of the first and the last word. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const letter = (word: string | undefined) => [...(word ?? '')][0] ?? '';
  return (letter(words[0]) + (words.length > 1 ? letter(words.at(-1)) : '')).toLocaleUpperCase();
}

/** The name people call each other by. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? name;
}

/** The class that sets a person's colours for everything inside. */
export function personClass(colour: number): string {
  const place = Math.trunc(colour);
  return `p${((((place - 1) % 12) + 12) % 12) + 1}`;
}
