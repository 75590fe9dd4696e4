import type { FieldValue } from '@rapport/schema/fields';
import type { Lead } from './lead.ts';
import { leadFields } from './schema.ts';

/** A lead's values by field key, the workspace's own fields included. */
export const valuesOfLead =
  (lead: Lead) =>
  (field: string): FieldValue | null =>
    Object.hasOwn(leadFields, field)
      ? (lead[field as keyof typeof leadFields] as FieldValue | null)
      : (lead.custom[field] ?? null);
