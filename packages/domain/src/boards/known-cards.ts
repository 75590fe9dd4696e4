import { sameJson } from '@rapport/doc/json';
import { columnValues, type ColumnValue } from '@rapport/schema/columns';
import { readValue } from '@rapport/schema/read-value';
import type { Card, CardType } from './card-type.ts';

/** A card as its last projection left it. */
export interface KnownCard {
  readonly card: Card;
  readonly row: Readonly<Record<string, ColumnValue>>;
}

/** What one change of a known card's fields comes to. */
export interface CardStep extends KnownCard {
  readonly was: KnownCard['row'];
  /** Columns whose value is another. */
  readonly columns: readonly string[];
  /** Fields whose value is another, in the order of the type's. */
  readonly changes: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
}

/** People edit a few cards again and again; a program that goes over all of them gains nothing from this. */
const mostKnown = 200;

/**
 * The cards that a projection has read lately and found nothing odd in. Somebody who types into a field changes that field
 * alone, and nothing else of the card need be read and compared again.
 */
export class KnownCards {
  private readonly cards = new Map<string, KnownCard>();

  has(id: string): boolean {
    return this.cards.has(id);
  }

  /** Only of a card whose every value could be read, and which has not moved to another document. */
  remember(id: string, known: KnownCard): void {
    if (this.cards.size >= mostKnown && !this.cards.has(id)) {
      const oldest = this.cards.keys().next();
      if (oldest.done !== true) this.cards.delete(oldest.value);
    }
    this.cards.set(id, known);
  }

  forget(id: string): void {
    this.cards.delete(id);
  }

  /**
   * The step from the card as it is known to these new raw values. Null when more could follow from them than its own row
   * and its history: from a place, a reference, a custom field, a value that cannot be read.
   */
  step(type: CardType, id: string, values: ReadonlyMap<string, unknown>): CardStep | null {
    const known = this.cards.get(id);
    if (known === undefined) return null;
    const card: Record<string, unknown> = { ...known.card };
    const row: Record<string, ColumnValue> = { ...known.row };
    const columns: string[] = [];
    const changes: { field: string; from: unknown; to: unknown }[] = [];
    const fields = values.size === 1 ? [...values.keys()] : type.keys.filter((key) => values.has(key));
    if (fields.length !== values.size) return null;
    for (const field of fields) {
      const spec = Object.hasOwn(type.fields, field) ? type.fields[field] : undefined;
      if (spec === undefined || spec.type === 'reference') return null;
      const { value, problem } = readValue(spec, values.get(field));
      if (problem !== undefined) return null;
      const from = card[field];
      if (sameJson(from, value)) continue;
      card[field] = value;
      changes.push({ field, from, to: value });
      const cells = columnValues(field, spec, value);
      for (const name of Object.keys(cells)) {
        const cell = cells[name] ?? null;
        if (cell === row[name]) continue;
        row[name] = cell;
        columns.push(name);
      }
    }
    // Its fields were read by the specs of its type, as those of the known card were.
    return { card: card as unknown as Card, row, was: known.row, columns, changes };
  }
}
