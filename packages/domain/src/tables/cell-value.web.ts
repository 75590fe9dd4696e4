import type { FieldSpec, FieldValue, Money, Planned } from '@rapport/schema/fields';
import type { Parsed } from '@rapport/ui/inline-edit';
import { parseField } from '../fields/parse-field.web.ts';
import { dayOfInstant, moneyInput, valueText } from '../fields/field-text.ts';

/** What cells are read and written with. */
export interface CellContext {
  readonly today: string;
  readonly currency: string;
  readonly members: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
  /** What a record is called that a value refers to. */
  nameOf(id: string): string | undefined;
}

/** A value as a cell shows it. */
export function cellText(spec: FieldSpec, value: FieldValue | null, context: CellContext): string {
  if (value === null) return '';
  if (spec.type === 'reference') return context.nameOf(value as string) ?? (value as string);
  return valueText(spec, value, (id) => context.members.get(id)?.name ?? 'Somebody who left');
}

/** A value as a spreadsheet takes it, and as this table reads it again. */
export function copyText(spec: FieldSpec, value: FieldValue | null, context: CellContext): string {
  if (value === null) return '';
  switch (spec.type) {
    case 'money':
      return `${moneyInput(value as Money)} ${(value as Money).currency}`;
    case 'number':
      return String(value);
    case 'date':
      return value as string;
    case 'instant':
      return dayOfInstant(value as number);
    case 'planned': {
      const { what, due } = value as Planned;
      return [what, due ?? ''].filter((part) => part !== '').join(', ');
    }
    default:
      return cellText(spec, value, context);
  }
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Reads text that was typed or pasted for a column; choices and people by what they are called. */
export function readCell(spec: FieldSpec, text: string, context: CellContext): Parsed<FieldValue | null> {
  const typed = text.trim();
  const wrong = (error: string) => ({ ok: false as const, error });
  const fine = (value: FieldValue | null) => ({ ok: true as const, value });
  if (typed === '') return parseField(spec, '', context);
  const choice = (one: string): string | null => {
    if (spec.type !== 'select' && spec.type !== 'multiSelect') return null;
    const found = spec.options.find(({ id, label }) => same(label, one) || id === one)?.id;
    return found ?? (spec.open === true ? one : null);
  };
  switch (spec.type) {
    case 'person': {
      const found = [...context.members.values()].filter(({ name }) => same(name, typed));
      const [one] = found;
      if (one === undefined) return wrong(`${typed} is not a member.`);
      return found.length > 1 ? wrong(`Several members are called ${typed}.`) : fine(one.id);
    }
    case 'select': {
      const found = choice(typed);
      return found === null ? wrong(`${typed} is not one of its options.`) : fine(found);
    }
    case 'multiSelect': {
      const parts = typed.split(/\s*[,;]\s*/).filter((part) => part !== '');
      const found = parts.map(choice);
      const missing = parts.find((_, at) => found[at] === null);
      return missing === undefined
        ? fine(found.filter((each) => each !== null))
        : wrong(`${missing} is not one of its options.`);
    }
    case 'planned': {
      const [, what = '', due = null] = /^(.*?)[\s,·]*(\d{4}-\d\d-\d\d)?$/s.exec(typed) ?? [];
      return fine({ what: what.trim(), due });
    }
    case 'checkbox':
      if (/^(yes|true|1|x|✓)$/i.test(typed)) return fine(true);
      return /^(no|false|0)$/i.test(typed) ? fine(false) : wrong('Type yes or no.');
    case 'number':
      // As spreadsheets write it, whatever the language here.
      return /^-?\d+(\.\d+)?$/.test(typed) ? fine(Number(typed)) : parseField(spec, typed, context);
    default:
      return parseField(spec, typed, context);
  }
}
