import { minorDigits } from '@rapport/schema/currency';
import type { FieldSpecs, FieldValue, Money, Planned } from '@rapport/schema/fields';
import { isPublicDomain } from '../duplicates/public-domains.ts';
import { leadFields } from './schema.ts';
import type { Weight } from './weights.ts';

const dayMs = 86_400_000;

/** What a score knows beside the lead's own fields. */
export interface ScoreFacts {
  /** Epoch ms. */
  readonly now: number;
  /** Its company is one of the workspace's, by name or by the domain of the e-mail. */
  readonly isKnownCompany: boolean;
  /** Since when it stands in its status. Epoch ms. */
  readonly stageSince: number | null;
  /** When somebody last worked on it after it was made. Epoch ms. */
  readonly touchedAt: number | null;
}

export interface ScoreReason {
  readonly text: string;
  readonly points: number;
}

export interface Score {
  /** 0–100. */
  readonly score: number;
  /** What counted, the largest first; they add up to the score as far as that lies within 0 and 100. */
  readonly reasons: readonly ScoreReason[];
}

/** From which score on a lead is called so. */
export const hotFrom = 70;
export const warmFrom = 40;
export type Warmth = 'hot' | 'warm' | 'cold';
export const warmthOf = (score: number): Warmth => (score >= hotFrom ? 'hot' : score >= warmFrom ? 'warm' : 'cold');

type Values = (field: string) => FieldValue | null;

/** What stands behind the first @ of an address, in small letters. */
const mailDomain = (email: string): string => lower(email.slice(email.indexOf('@') + 1));

const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

const isMoney = (value: FieldValue | null): boolean => typeof value === 'object' && value !== null && 'minor' in value;

/** A value as the text that conditions compare: of money whole units, of a plan what is planned. */
function textOf(value: FieldValue | null): string {
  if (value === null) return '';
  if (typeof value === 'object') {
    if ('minor' in value) return String((value as Money).minor / 10 ** minorDigits((value as Money).currency));
    if ('what' in value) return (value as Planned).what;
    return JSON.stringify(value);
  }
  return typeof value === 'boolean' ? (value ? '1' : '0') : String(value);
}

function meetsField({ field, op, value, number }: Weight, values: Values): boolean {
  const raw = values(field);
  const held = lower(textOf(raw));
  const wanted = lower(value);
  if (op === 'set') return held !== '' && held !== '[]';
  if (op === 'empty') return held === '' || held === '[]';
  if (typeof raw === 'number' || isMoney(raw)) {
    const amount = Number(held);
    if (op === 'gte') return amount >= number;
    if (op === 'lte') return amount <= number;
    return op === 'is' && wanted !== '' && amount === number;
  }
  if (op === 'has') return wanted !== '' && held.includes(wanted);
  return (
    op === 'is' && wanted !== '' && (Array.isArray(raw) ? raw.some((each) => lower(each) === wanted) : held === wanted)
  );
}

/** Whether something that counts holds for a lead. The same as `metSql`, which a test holds it to. */
export function holds(weight: Weight, values: Values, facts: ScoreFacts): boolean {
  const { kind, number } = weight;
  const email = textOf(values('email'));
  switch (kind) {
    case 'email':
      return email !== '';
    case 'businessMail':
      return email !== '' && !isPublicDomain(mailDomain(email));
    case 'phone':
      return textOf(values('phone')) !== '';
    case 'company':
      return textOf(values('companyName')) !== '';
    case 'matches':
      return facts.isKnownCompany;
    case 'value':
      return values('value') !== null && Number(textOf(values('value'))) >= number;
    case 'message':
      return [...textOf(values('message'))].length >= Math.max(1, number);
    case 'recent': {
      const created = values('createdAt');
      return typeof created === 'number' && created >= facts.now - number * dayMs;
    }
    case 'waiting':
      return facts.stageSince !== null && facts.stageSince < facts.now - number * dayMs;
    case 'touched':
      return facts.touchedAt !== null && facts.touchedAt >= facts.now - number * dayMs;
    case 'field':
      return meetsField(weight, values);
  }
}

const opWords = { is: 'is', has: 'contains', gte: '≥', lte: '≤', set: 'is set', empty: 'is empty' } as const;

/** What counts, in words; `labelOf` names fields of the workspace’s own. */
export function weightText(
  { kind, number, field, op, value }: Weight,
  labelOf: (field: string) => string | undefined = () => undefined,
  nameOf: (memberId: string) => string | undefined = () => undefined,
): string {
  const days = number === 1 ? 'a day' : `${number} days`;
  switch (kind) {
    case 'email':
      return 'Has an e-mail';
    case 'businessMail':
      return 'E-mail is of a company, not free mail';
    case 'phone':
      return 'Has a phone';
    case 'company':
      return 'Names a company';
    case 'matches':
      return 'Company is one that you have';
    case 'value':
      return number <= 1 ? 'Has a value' : `Value is at least ${number.toLocaleString('en')}`;
    case 'message':
      return number <= 1 ? 'Wrote a message' : `Message has ${number} letters or more`;
    case 'recent':
      return `Came within ${days}`;
    case 'waiting':
      return `In its status for more than ${days}`;
    case 'touched':
      return `Worked on within ${days}`;
    case 'field': {
      const spec = (leadFields as FieldSpecs)[field];
      const held = spec?.type === 'person' ? (nameOf(value) ?? value) : value;
      return `${spec?.label ?? labelOf(field) ?? field} ${opWords[op]} ${op === 'set' || op === 'empty' ? '' : held}`.trim();
    }
  }
}

/** The score of what counted: its points added up, within 0 and 100. */
export const scoreOfMet = (
  met: readonly Weight[],
  labelOf?: (field: string) => string | undefined,
  nameOf?: (memberId: string) => string | undefined,
): Score => {
  const counted = met.filter(({ points }) => points !== 0);
  const sum = counted.reduce((all, { points }) => all + points, 0);
  return {
    score: Math.min(100, Math.max(0, sum)),
    reasons: counted
      .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
      .map((weight) => ({ text: weightText(weight, labelOf, nameOf), points: weight.points })),
  };
};

/** How promising a lead is, and why. Pure. */
export const scoreOf = (values: Values, weights: readonly Weight[], facts: ScoreFacts): Score =>
  scoreOfMet(weights.filter((weight) => weight.points !== 0 && holds(weight, values, facts)));
