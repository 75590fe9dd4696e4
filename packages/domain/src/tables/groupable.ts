import type { FieldSpec } from '@rapport/schema/fields';

/** Whether rows can be put into groups by a field: dates are by month. */
export const isGroupable = ({ type }: FieldSpec): boolean =>
  !['longText', 'money', 'planned', 'multiSelect'].includes(type);
