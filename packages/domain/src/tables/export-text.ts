import { minorToDecimal } from '@rapport/schema/currency';
import type { FieldSpec, FieldValue, Money, Planned } from '@rapport/schema/fields';

/** A cell of an exported file: a number stands as one, all else as text. */
export type ExportCell = string | number;

/** The heads of a column's cells: money and plans take two. */
export function exportHeads(spec: FieldSpec): readonly string[] {
  if (spec.type === 'money') return [spec.label, `${spec.label} currency`];
  if (spec.type === 'planned') return [spec.label, `${spec.label} due`];
  return [spec.label];
}

/** A value as its cells: people and records by name, choices by label, days as YYYY-MM-DD, instants in UTC. */
export function exportCells(
  spec: FieldSpec,
  value: FieldValue | null,
  nameOf: (id: string) => string | undefined,
): readonly ExportCell[] {
  const isPair = spec.type === 'money' || spec.type === 'planned';
  if (value === null) return isPair ? ['', ''] : [''];
  const label = (id: string): string =>
    spec.type === 'select' || spec.type === 'multiSelect'
      ? (spec.options.find((each) => each.id === id)?.label ?? id)
      : id;
  switch (spec.type) {
    case 'money': {
      const { minor, currency } = value as Money;
      return [Number(minorToDecimal(minor, currency)), currency];
    }
    case 'planned': {
      const { what, due } = value as Planned;
      return [what, due ?? ''];
    }
    case 'number':
      return [value as number];
    case 'checkbox':
      return [value === true ? 'Yes' : 'No'];
    case 'instant': {
      const text = new Date(value as number).toISOString();
      return [text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text];
    }
    case 'multiSelect':
      return [(value as readonly string[]).map(label).join('; ')];
    case 'person':
    case 'reference':
      return [nameOf(value as string) ?? (value as string)];
    default:
      return [label(String(value))];
  }
}
