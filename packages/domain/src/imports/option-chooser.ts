import type { FieldSpec, FieldValue, SelectOption } from '@rapport/schema/fields';
import type { CustomField } from '../custom-fields.ts';
import { nameKey } from './name-key.ts';
import type { ReadRow } from './read-rows.ts';

/** An option that an import adds to a field that has a fixed list. */
export interface NewOption {
  readonly fieldId: string;
  readonly option: SelectOption;
}

const isClosedList = (spec: FieldSpec): spec is FieldSpec & { type: 'select' | 'multiSelect' } =>
  (spec.type === 'select' || spec.type === 'multiSelect') && spec.open !== true;

/** Values of fields with fixed options: text becomes the option's id; new texts become new options. */
export function makeOptionChooser(custom: readonly CustomField[], newId: () => string, prefix = '') {
  const added: NewOption[] = [];
  const byField = new Map(
    custom.flatMap(({ id, key, spec }) =>
      isClosedList(spec)
        ? [
            [
              `${prefix}${key}`,
              {
                id,
                options: new Map(
                  spec.options.flatMap((option) => [
                    [option.id, option.id],
                    [nameKey(option.label), option.id],
                  ]),
                ),
              },
            ] as const,
          ]
        : [],
    ),
  );
  function optionOf(key: string, text: string): string {
    const field = byField.get(key);
    if (!field) return text;
    const known = field.options.get(text) ?? field.options.get(nameKey(text));
    if (known !== undefined) return known;
    const id = newId();
    field.options.set(nameKey(text), id);
    added.push({ fieldId: field.id, option: { id, label: text } });
    return id;
  }
  return {
    added: (): readonly NewOption[] => added,
    choose(read: ReadRow): ReadRow {
      if (byField.size === 0) return read;
      const values: Record<string, FieldValue> = { ...read.values };
      for (const key of byField.keys()) {
        const value = values[key];
        if (typeof value === 'string') values[key] = optionOf(key, value);
        else if (Array.isArray(value)) values[key] = value.map((text: string) => optionOf(key, text));
      }
      return { ...read, values };
    },
  };
}
