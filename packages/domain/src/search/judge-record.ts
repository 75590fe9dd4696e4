import { lengthOfPrefix, numbersIn, wordsIn, type Word } from './words.ts';
import { slipsBetween } from './nearly-same.ts';
import type { Wanted } from './plan-search.ts';
import type { RecordTexts } from './record-texts.ts';

/** Where in a text something was found: UTF-16 offsets, the end not included, in order and apart. */
export type Range = readonly [start: number, end: number];

export interface Hit {
  readonly field: string;
  /** The field's text, or what stands around the hit when it is long. */
  readonly text: string;
  readonly ranges: readonly Range[];
}

export interface Judged {
  /** How well the texts fit, 0 to 1.3; 0: not all that is wanted was found. */
  readonly fit: number;
  /** The title, and the best other text that has something of what is wanted. */
  readonly hits: readonly Hit[];
}

interface Found {
  readonly worth: number;
  readonly range: Range;
}

const worths = { whole: 1, beginning: 0.8, inside: 0.5, slip: 0.4 } as const;
/** What is found beside the title counts for less. */
const besideTitle = 0.6;

const inWord = (wanted: string, { folded, start, end }: Word, text: string): Found | null => {
  if (folded === wanted) return { worth: worths.whole, range: [start, end] };
  if (folded.startsWith(wanted))
    return {
      worth: worths.beginning,
      range: [start, start + lengthOfPrefix(text.slice(start, end), wanted.length)],
    };
  if (wanted.length >= 3) {
    const at = folded.indexOf(wanted);
    if (at > 0) {
      const from = start + lengthOfPrefix(text.slice(start, end), at);
      return { worth: worths.inside, range: [from, from + lengthOfPrefix(text.slice(from, end), wanted.length)] };
    }
  }
  const slips = slipsBetween(wanted, folded);
  return slips === null ? null : { worth: worths.slip - slips * 0.05, range: [start, end] };
};

const best = (one: Found | null, other: Found | null): Found | null =>
  one === null || (other !== null && other.worth > one.worth) ? other : one;

function findInText(wanted: Wanted, text: string, words: readonly Word[]): Found | null {
  let found: Found | null = null;
  if (wanted.kind === 'characters') {
    for (let at = 0; at + wanted.characters.length <= words.length && found === null; at++)
      if (wanted.characters.every((character, n) => words[at + n]?.folded === character))
        found = {
          worth: worths.whole,
          range: [words[at]?.start ?? 0, words[at + wanted.characters.length - 1]?.end ?? 0],
        };
    return found;
  }
  for (const word of words) {
    found = best(found, inWord(wanted.folded, word, text));
    if (found?.worth === worths.whole) return found;
  }
  if (/^\d{4,}$/.test(wanted.folded))
    for (const { digits, start, end } of numbersIn(text))
      if (digits.includes(wanted.folded))
        found = best(found, {
          worth: digits.endsWith(wanted.folded) ? worths.whole : worths.inside,
          range: [start, end],
        });
  return found;
}

function joined(ranges: readonly Range[]): Range[] {
  const apart: [number, number][] = [];
  for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = apart.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else apart.push([start, end]);
  }
  return apart;
}

const longestShown = 160;
const beforeHit = 40;

/** Long texts are cut at spaces around the first hit; offsets move along. */
function excerpt(field: string, text: string, ranges: readonly Range[]): Hit {
  const all = joined(ranges);
  if (text.length <= longestShown) return { field, text, ranges: all };
  const first = all[0]?.[0] ?? 0;
  let from = Math.max(0, first - beforeHit);
  if (from > 0) {
    const space = text.indexOf(' ', from);
    from = space >= 0 && space < first ? space + 1 : from;
  }
  // Never within a pair of surrogates.
  if (/[\uDC00-\uDFFF]/.test(text[from] ?? '')) from -= 1;
  let to = Math.min(text.length, from + longestShown);
  if (/[\uDC00-\uDFFF]/.test(text[to] ?? '')) to -= 1;
  const kept = all.flatMap(([start, end]): Range[] => {
    const cut: Range = [Math.max(start, from), Math.min(end, to)];
    return cut[0] < cut[1] ? [cut] : [];
  });
  const [head, tail] = [from > 0 ? '…' : '', to < text.length ? '…' : ''];
  return {
    field,
    text: `${head}${text.slice(from, to)}${tail}`,
    ranges: kept.map(([start, end]) => [start - from + head.length, end - from + head.length]),
  };
}

/** Says how well a record's texts fit what is wanted, and where. */
export function judgeRecord(wanted: readonly Wanted[], { texts }: RecordTexts): Judged {
  const looked = texts.map(({ field, text }, at) => ({
    field,
    text,
    words: wordsIn(text),
    weight: at === 0 ? 1 : besideTitle,
    ranges: [] as Range[],
    worth: 0,
  }));
  let sum = 0;
  for (const each of wanted) {
    let most = 0;
    for (const look of looked) {
      const found = findInText(each, look.text, look.words);
      if (found === null) continue;
      look.ranges.push(found.range);
      look.worth += found.worth;
      most = Math.max(most, found.worth * look.weight);
    }
    if (most === 0) return { fit: 0, hits: [] };
    sum += most;
  }
  const [title, ...others] = looked;
  if (title === undefined) return { fit: 0, hits: [] };
  const startsSo = title.words[0]?.folded.startsWith(wanted[0]?.folded ?? '') === true;
  // As many words as the title has: nothing but what was asked for.
  const isAll = title.ranges.length === wanted.length && title.words.length === wanted.length;
  const beside = others.filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth)[0];
  return {
    fit: sum / Math.max(1, wanted.length) + (startsSo ? 0.2 : 0) + (isAll ? 0.1 : 0),
    hits: [title, ...(beside === undefined ? [] : [beside])].map(({ field, text, ranges }) =>
      excerpt(field, text, ranges),
    ),
  };
}
