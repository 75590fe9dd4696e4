import type { FieldValue } from '@rapport/schema/fields';
import type { Card, CardType } from '../boards/card-type.ts';
import type { Deal } from './schema.ts';

/** A card as the screen of a board knows it, whatever its kind: what only deals have is not there on others. */
export type BoardCard = Card & Partial<Pick<Deal, 'company' | 'contact' | 'expectedClose' | 'companyId' | 'contactId'>>;
export type BoardCardType = CardType<BoardCard>;

/** Value of a field of a card by key, custom ones included. */
export const valueOfField = (type: BoardCardType, card: BoardCard, key: string): FieldValue | null =>
  Object.hasOwn(type.fields, key)
    ? ((card as unknown as Readonly<Record<string, FieldValue | null>>)[key] ?? null)
    : (card.custom[key] ?? null);

/** The line under a card's title; '' where there is none, or where the title says it. */
export function underOf(type: BoardCardType, card: BoardCard | undefined): string {
  const value = card === undefined ? null : valueOfField(type, card, type.under);
  if (typeof value !== 'string') return '';
  return type.isTitleMade === true && card?.title?.includes(value) === true ? '' : value;
}
