import { readWebAddress } from '@rapport/domain/forms/form';
import { hiddenNames } from '@rapport/domain/forms/page';
import { originFields } from '@rapport/domain/forms/offered-fields';

type Get = (name: string) => string | undefined;

/** Longest text of a campaign's mark, as the lead's fields have it. */
const markLimit = 300;

const mark = (text: string | undefined): string =>
  (text ?? '')
    .toWellFormed()
    .replaceAll(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
    .slice(0, markLimit)
    .toWellFormed();

/**
 * Hidden fields of a page that was just asked for: campaign marks in its address, and where the visitor came from. A frame
 * is told by the page around it; a page of its own knows it from the browser.
 */
export function hiddenFromRequest(
  get: Get,
  page: { referer: string | undefined; own: string },
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of Object.values(originFields)) found[`_${name}`] = mark(get(name));
  const isFramed = get('host') !== undefined;
  const referrer = readWebAddress(isFramed ? get('referrer') : (get('referrer') ?? page.referer));
  // From one of our own pages says nothing.
  found[hiddenNames.referrer] = referrer.startsWith(`${new URL(page.own).origin}/`) ? '' : referrer;
  found[hiddenNames.landingPage] = isFramed ? readWebAddress(get('landing_page')) : page.own;
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== ''));
}

/** The same as sent back with the form: anybody may have written it. */
export function hiddenFromForm(sent: (name: string) => string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of Object.values(originFields)) found[`_${name}`] = mark(sent(`_${name}`));
  for (const name of [hiddenNames.referrer, hiddenNames.landingPage]) found[name] = readWebAddress(sent(name));
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== ''));
}

/** As values of a lead. */
export function originValues(hidden: Readonly<Record<string, string>>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [field, name] of Object.entries(originFields)) {
    const value = hidden[`_${name}`];
    if (value !== undefined) values[field] = value;
  }
  const [referrer, landingPage] = [hidden[hiddenNames.referrer], hidden[hiddenNames.landingPage]];
  return {
    ...values,
    ...(referrer === undefined ? {} : { referrer }),
    ...(landingPage === undefined ? {} : { landingPage }),
  };
}
