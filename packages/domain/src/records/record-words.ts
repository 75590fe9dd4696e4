import type { PointKind } from './point.ts';
import type { EntryKind } from './timeline.ts';

/** What kinds of points are called in forms. */
export const pointWords: Readonly<Record<PointKind, { readonly one: string; readonly add: string }>> = {
  email: { one: 'E-mail', add: 'Add e-mail' },
  phone: { one: 'Phone', add: 'Add phone' },
  address: { one: 'Address', add: 'Add address' },
  social: { one: 'Profile', add: 'Add profile' },
};

/** Types that are offered; a file or a program may have brought others. */
export const pointTypes: Readonly<Record<PointKind, readonly string[]>> = {
  email: ['work', 'home', 'other'],
  phone: ['work', 'mobile', 'home', 'fax', 'other'],
  address: ['work', 'home', 'billing', 'shipping', 'other'],
  social: ['linkedin', 'xing', 'twitter', 'facebook', 'instagram', 'youtube', 'github'],
};

const known: Readonly<Record<string, string>> = {
  linkedin: 'LinkedIn',
  xing: 'XING',
  twitter: 'X',
  facebook: 'Facebook',
  instagram: 'Instagram',
  youtube: 'YouTube',
  github: 'GitHub',
};

/** A type as a label: `mobile` → Mobile. */
export const typeText = (type: string): string =>
  known[type] ?? (type === '' ? '' : `${type.charAt(0).toUpperCase()}${type.slice(1)}`);

export const entryWords: Readonly<
  Record<EntryKind, { readonly one: string; readonly many: string; readonly verb: string; readonly prompt: string }>
> = {
  note: { one: 'Note', many: 'Notes', verb: 'noted', prompt: 'Write a note' },
  call: { one: 'Call', many: 'Calls', verb: 'called', prompt: 'What was said on the phone?' },
  meeting: { one: 'Meeting', many: 'Meetings', verb: 'met', prompt: 'What came out of the meeting?' },
  email: { one: 'E-mail', many: 'E-mails', verb: 'wrote by e-mail', prompt: 'What was the e-mail about?' },
};

/** Purposes that are always offered; others come from records. */
export const consentPurposes: readonly { readonly id: string; readonly label: string }[] = [
  { id: 'newsletter', label: 'Newsletter' },
  { id: 'productNews', label: 'Product news' },
  { id: 'surveys', label: 'Surveys' },
];
