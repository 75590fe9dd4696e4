import type { FieldSpec } from '@rapport/schema/fields';

/** Pixels that a column takes until somebody draws it wider. */
export function widthOf(spec: FieldSpec | undefined): number {
  switch (spec?.type) {
    case 'longText':
      return 240;
    case 'email':
    case 'url':
    case 'reference':
    case 'multiSelect':
      return 190;
    case 'number':
    case 'checkbox':
      return 110;
    default:
      return 150;
  }
}
