import { chooseFormat } from './choose-format.ts';
import { dateFormats, readDate } from './date-format.ts';
import { numberFormats, readNumber } from './number-format.ts';

/** What a column's values look like on their own. */
export type ColumnKind = 'empty' | 'date' | 'number' | 'money' | 'choice' | 'text';

const textualDates = dateFormats.filter((format) => format === 'ymd' || format === 'dmy' || format === 'mdy');
const looked = 500;
const choicesAtMost = 40;

/** Words that programs write where there is no date or number. */
export const isNoValue = (text: string): boolean => /^(?:[-–—?]|n\/?a|#n\/a|null|none|nan|undefined)$/i.test(text);

const share = (values: readonly string[], fits: (text: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(fits).length / values.length;

export const isDateText = (text: string): boolean => textualDates.some((format) => readDate(text, format) !== null);
export const isNumberText = (text: string): boolean =>
  numberFormats.some((format) => readNumber(text, format) !== null);

/** Looks at the distinct values of a column. `filled` is the number of rows that have one. */
export function columnKind(distinct: readonly string[], filled: number): ColumnKind {
  const sample = distinct.filter((text) => !isNoValue(text)).slice(0, looked);
  if (sample.length === 0) return 'empty';
  if (share(sample, isDateText) >= 0.9) return 'date';
  if (share(sample, isNumberText) >= 0.9) {
    // 007 and 0049… are codes: as numbers they would lose their zeros.
    if (sample.some((text) => /^0\d/.test(text))) return 'text';
    const choice = chooseFormat(sample, numberFormats, (text, format) => readNumber(text, format)?.decimal ?? null);
    const hasCurrency =
      choice.kind !== 'none' &&
      sample.some((text) => numberFormats.some((format) => readNumber(text, format)?.currency));
    return hasCurrency ? 'money' : 'number';
  }
  const repeats = distinct.length <= choicesAtMost && filled >= distinct.length * 3;
  return repeats && sample.every((text) => text.length <= 60) ? 'choice' : 'text';
}
