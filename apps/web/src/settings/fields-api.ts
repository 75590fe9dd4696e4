import type { CustomFieldType } from '@rapport/domain/custom-fields';

export type FieldNoun = 'deal' | 'contact' | 'company';

/** A field of the workspace's own, as the API tells it. */
export interface FieldInfo {
  readonly id: string;
  readonly noun: FieldNoun;
  readonly key: string;
  readonly type: CustomFieldType;
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly hidden: boolean;
  readonly usedBy: { readonly records: number; readonly stages: readonly string[] };
  readonly removedAt: number | null;
}

export const typeLabels: Readonly<Record<CustomFieldType, string>> = {
  text: 'Text',
  longText: 'Long text',
  number: 'Number',
  money: 'Money',
  date: 'Date',
  instant: 'Date and time',
  select: 'One of a list',
  multiSelect: 'Several of a list',
  checkbox: 'Yes or no',
  person: 'Person',
  url: 'Web address',
  email: 'E-mail',
  phone: 'Phone',
};

export const hasOptions = (type: CustomFieldType): boolean => type === 'select' || type === 'multiSelect';
