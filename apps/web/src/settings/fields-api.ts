import type { CustomFieldType, ReferencedNoun } from '@rapport/domain/custom-fields';

export type FieldNoun = 'deal' | 'lead' | 'contact' | 'company';

/** A field of the workspace's own, as the API tells it. */
export interface FieldInfo {
  readonly id: string;
  readonly noun: FieldNoun;
  readonly key: string;
  readonly type: CustomFieldType;
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  /** What a reference names. */
  readonly of: ReferencedNoun | null;
  readonly hidden: boolean;
  readonly usedBy: {
    readonly records: number;
    readonly stages: readonly string[];
    /** Saved views: everybody's, those of one's teams and one's own. */
    readonly views: readonly string[];
    /** How many views of others there are. */
    readonly otherViews: number;
    readonly forms: readonly string[];
    /** Inboxes, by name. */
    readonly rules: readonly string[];
    readonly scores: readonly string[];
  };
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
  reference: 'Link to a record',
  planned: 'Plan: what and when',
};

export const hasOptions = (type: CustomFieldType): boolean => type === 'select' || type === 'multiSelect';

export const referencedLabels: Readonly<Record<ReferencedNoun, string>> = {
  company: 'A company',
  contact: 'A contact',
  deal: 'A deal',
};

/** The type in words, with what a link leads to. */
export const typeText = ({ type, of }: Pick<FieldInfo, 'type' | 'of'>): string =>
  of === null ? typeLabels[type] : `Link to ${referencedLabels[of].toLowerCase()}`;
