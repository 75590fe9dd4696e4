import { minorDigits } from '@rapport/schema/currency';
import type { FieldSpec } from '@rapport/schema/fields';
import { tooltip } from '@rapport/ui/tooltip';
import { filledText, footText } from './foot-text.ts';
import { useTable } from './table-context.web.ts';

/** The foot of a column: how many rows, sum and mean of numbers, how much of it is filled. Never cut: what does not fit is in its tooltip. */
export function TableFoot(props: { column: string; spec: FieldSpec; isTitle: boolean; widthPx: number }) {
  const table = useTable();
  const foot = (): { readonly whole: string; readonly shown: string } => {
    const now = table.data.summary();
    const column = now?.columns[props.column];
    const plain = (text: string) => ({ whole: text, shown: text });
    if (now === undefined) return plain('');
    if (props.isTitle) return plain(`${now.total.toLocaleString()} ${now.total === 1 ? 'row' : 'rows'}`);
    if (column === undefined) return plain('');
    if (props.spec.type === 'money' || props.spec.type === 'number')
      return footText(column.sums, props.widthPx, minorDigits);
    return plain(filledText(column.filled, now.total));
  };
  const isShort = () => foot().shown !== foot().whole;
  return (
    <span
      class="num"
      ref={(made) => tooltip(made, () => (isShort() ? foot().whole : undefined))}
      aria-label={isShort() ? foot().whole : undefined}
      role={isShort() ? 'note' : undefined}
    >
      {foot().shown}
    </span>
  );
}
