/** How a locale writes numbers: its decimal and group signs. */
function numberSigns(locale: string): { decimal: string; group: string } {
  const parts = new Intl.NumberFormat(locale).formatToParts(12_345.6);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { decimal: of('decimal') || '.', group: of('group') || ',' };
}

/**
 * Reads a number as people type it: `€40,000`, `40.000,50`, `40k`, `1.2m`, `(50)`. A single sign followed by three
 * digits is the locale's group sign where it is one, else decimals. Empty text is null; what is no number is undefined.
 */
export function parseNumber(text: string, locale = 'en'): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const isNegative = /^[-−(]/u.test(trimmed) || /[-−]$/u.test(trimmed);
  const scale = /k$/iu.test(trimmed) ? 1e3 : /m$/iu.test(trimmed) ? 1e6 : 1;
  const body = trimmed.replace(/[km]$/iu, '').replace(/[\s\u00a0\u202f'’()+\-−%]|\p{Sc}|^[A-Z]{3}|[A-Z]{3}$/gu, '');
  if (!/^[\d.,]+$/u.test(body) || !/\d/u.test(body)) return undefined;
  const { decimal } = numberSigns(locale);
  const lastDot = body.lastIndexOf('.');
  const lastComma = body.lastIndexOf(',');
  let sign: string | undefined;
  if (lastDot >= 0 && lastComma >= 0) sign = lastDot > lastComma ? '.' : ',';
  else if (lastDot >= 0 || lastComma >= 0) {
    const found = lastDot >= 0 ? '.' : ',';
    const isRepeated = body.indexOf(found) !== body.lastIndexOf(found);
    const looksGrouped = /^\d{1,3}[.,]\d{3}$/u.test(body) && found !== decimal;
    sign = isRepeated || (looksGrouped && scale === 1) ? undefined : found;
  }
  const digits =
    sign === undefined
      ? body.replace(/[.,]/gu, '')
      : body.replace(sign === '.' ? /,/gu : /\./gu, '').replace(sign, '.');
  const value = Number(digits) * scale;
  if (!Number.isFinite(value)) return undefined;
  return isNegative ? -value : value;
}
