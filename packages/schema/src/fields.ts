/**
 * Field specs: plain data that says once what a field is. TS type, validator, SQL column, form input, table cell and
 * CSV column are derived from it; an administrator's custom field is the same data, read from the workspace document.
 */
export interface SelectOption {
  readonly id: string;
  readonly label: string;
}

interface Base<T extends string> {
  readonly type: T;
  readonly label: string;
  readonly required?: boolean;
}

export type TextField = Base<'text'> & { readonly max?: number };
export type LongTextField = Base<'longText'> & { readonly max?: number };
export type NumberField = Base<'number'> & { readonly min?: number; readonly max?: number; readonly integer?: boolean };
export type MoneyField = Base<'money'>;
export type DateField = Base<'date'>;
export type InstantField = Base<'instant'>;
/** `open`: any text is a value (it is its own option), so that people add options as they go. */
export type SelectField = Base<'select'> & { readonly options: readonly SelectOption[]; readonly open?: boolean };
export type MultiSelectField = Base<'multiSelect'> & {
  readonly options: readonly SelectOption[];
  readonly open?: boolean;
};
export type CheckboxField = Base<'checkbox'>;
export type PersonField = Base<'person'>;
export type ReferenceField = Base<'reference'> & { readonly noun: string };
export type UrlField = Base<'url'>;
export type EmailField = Base<'email'>;
export type PhoneField = Base<'phone'>;
/** The next step that somebody plans: what, and on which day. */
export type PlannedField = Base<'planned'>;

export type FieldSpec =
  | TextField
  | LongTextField
  | NumberField
  | MoneyField
  | DateField
  | InstantField
  | SelectField
  | MultiSelectField
  | CheckboxField
  | PersonField
  | ReferenceField
  | UrlField
  | EmailField
  | PhoneField
  | PlannedField;

export type FieldType = FieldSpec['type'];
export type FieldSpecs = Readonly<Record<string, FieldSpec>>;

/** Integer minor units of an ISO 4217 currency: 1,234.50 EUR is `{minor: 123450, currency: 'EUR'}`. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** `due` is a calendar date `YYYY-MM-DD`, or null when no day is set. */
export interface Planned {
  readonly what: string;
  readonly due: string | null;
}

interface ValueByType {
  text: string;
  longText: string;
  number: number;
  money: Money;
  /** `YYYY-MM-DD`. */
  date: string;
  /** UTC epoch ms. */
  instant: number;
  select: string;
  multiSelect: readonly string[];
  checkbox: boolean;
  /** Member id. */
  person: string;
  /** Record id, or a name while the record does not exist. */
  reference: string;
  url: string;
  email: string;
  phone: string;
  planned: Planned;
}

export type ValueOf<F extends FieldSpec> = ValueByType[F['type']];
export type FieldValue = ValueByType[FieldType];
/** A record's values: every field present, null where empty. */
export type ValuesOf<S extends FieldSpecs> = { readonly [K in keyof S]: ValueOf<S[K]> | null };

type Options<F extends FieldSpec> = Omit<F, 'type'>;
const maker =
  <F extends FieldSpec>(type: F['type']) =>
  (options: Options<F>): F =>
    ({ type, ...options }) as F;

export const text = maker<TextField>('text');
export const longText = maker<LongTextField>('longText');
export const number = maker<NumberField>('number');
export const money = maker<MoneyField>('money');
export const date = maker<DateField>('date');
export const instant = maker<InstantField>('instant');
export const select = maker<SelectField>('select');
export const multiSelect = maker<MultiSelectField>('multiSelect');
export const checkbox = maker<CheckboxField>('checkbox');
export const person = maker<PersonField>('person');
export const reference = maker<ReferenceField>('reference');
export const url = maker<UrlField>('url');
export const email = maker<EmailField>('email');
export const phone = maker<PhoneField>('phone');
export const planned = maker<PlannedField>('planned');
