/** A column's name as people would label a field: `close_value` → `Close value`, `dealstage` and `Deal Stage` as they are. */
export function columnLabel(column: string): string {
  const words = column.replaceAll('_', ' ').replaceAll(/\s+/g, ' ').trim() || column;
  return words === words.toLowerCase() ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

/** Whether a name says that the column holds ids or numbers of another program. */
export const isIdName = (column: string): boolean =>
  /(?:^|[^\p{L}])(?:id|ids|no|nr|num|number|nummer|key|code|uuid|guid|hash)$/iu.test(column.trim()) ||
  /[a-z]Id$/.test(column.trim());
