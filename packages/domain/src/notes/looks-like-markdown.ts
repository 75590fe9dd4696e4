const signs: readonly RegExp[] = [
  /^#{1,6} \S/m,
  /^\s*[-*+] (?:\[[ xX]\] )?\S/m,
  /^\s*\d{1,4}[.)] \S/m,
  /^> \S/m,
  /^(?:```|~~~)/m,
  /^\|.+\|\s*\n\|?\s*:?-{3,}/m,
  /\*\*[^\s*][^*\n]*\*\*/,
  /\[[^\]\n]+\]\(https?:\/\/[^)\s]+\)/,
  /`[^`\n]+`/,
];

/** Whether plain text was meant as Markdown: it has a block or an emphasis that is rare in any other text. */
export const looksLikeMarkdown = (text: string): boolean => signs.some((sign) => sign.test(text));
