import type { FieldValue } from '@rapport/schema/fields';
import type { CellRange, TableColumn } from '@rapport/ui/logic/table';
import { copyText, readCell } from './cell-value.web.ts';
import type { Edit } from './create-edits.web.ts';
import { readCells, writeCells } from './pasted.ts';
import type { TablePage } from './table-context.web.ts';

/** Ranges of cells as spreadsheets have them: copied, pasted, emptied. `columns` are those that are drawn, in their order. */
export function createRanges(page: TablePage, columns: () => readonly TableColumn[]) {
  const { data } = page;
  /** Ids of the rows of a range in their order, fetched where nobody looked yet. */
  const idsIn = async ({ fromRow, toRow }: CellRange): Promise<string[]> => {
    const offsets: number[] = [];
    for (let index = fromRow; index <= toRow; index++) {
      const at = data.lines().at(index);
      if (at?.kind === 'row') offsets.push(at.offset);
    }
    const known = offsets.map((offset) => data.idAt(offset));
    if (known.every((id) => id !== undefined && data.peek(id) !== undefined)) return known.flatMap((id) => id ?? []);
    const [first = 0, last = -1] = [offsets[0], offsets.at(-1)];
    return (await data.span(first, last)).map(({ id }) => id);
  };
  const keysIn = ({ fromColumn, toColumn }: CellRange) =>
    columns()
      .slice(fromColumn, toColumn + 1)
      .map(({ id }) => id);
  const textOf = (values: Readonly<Record<string, unknown>> | undefined, keys: readonly string[]) =>
    keys.map((key) => {
      const spec = page.column(key)?.spec;
      return spec === undefined ? '' : copyText(spec, (values?.[key] ?? null) as never, page.cells);
    });
  const copy = (range: CellRange): string | Promise<string> => {
    const keys = keysIn(range);
    const rows: string[][] = [];
    for (let index = range.fromRow; index <= range.toRow; index++) {
      const at = data.lines().at(index);
      if (at?.kind !== 'row') continue;
      const id = data.idAt(at.offset);
      const row = id === undefined ? undefined : data.peek(id);
      if (row === undefined) return copyFar(range, keys);
      rows.push(textOf(row.values, keys));
    }
    page.workspace.announce(`Copied ${rows.length * keys.length} cells`);
    return writeCells(rows);
  };
  const copyFar = async (range: CellRange, keys: readonly string[]): Promise<string> => {
    const offsets: number[] = [];
    for (let index = range.fromRow; index <= range.toRow; index++) {
      const at = data.lines().at(index);
      if (at?.kind === 'row') offsets.push(at.offset);
    }
    const rows = await data.span(offsets[0] ?? 0, offsets.at(-1) ?? -1);
    return writeCells(rows.map(({ values }) => textOf(values, keys)));
  };
  /** One cell fills the range; a block is laid down from its corner. What cannot be read is told and left as it is. */
  const paste = async (text: string, range: CellRange) => {
    const cells = readCells(text);
    const isOne = cells.length === 1 && cells[0]?.length === 1;
    const target: CellRange = isOne
      ? range
      : {
          fromRow: range.fromRow,
          toRow: Math.min(data.lines().count - 1, range.fromRow + cells.length - 1),
          fromColumn: range.fromColumn,
          toColumn: range.fromColumn + Math.max(...cells.map((row) => row.length)) - 1,
        };
    const keys = keysIn(target);
    const ids = await idsIn(target);
    const edits: Edit[] = [];
    const problems: string[] = [];
    const left = isOne ? 0 : Math.max(0, cells.length - ids.length);
    for (const [at, id] of ids.entries()) {
      const values: Record<string, FieldValue | null> = {};
      for (const [column, key] of keys.entries()) {
        const typed = isOne ? cells[0]?.[0] : cells[at]?.[column];
        const known = page.column(key);
        if (typed === undefined || known === undefined) continue;
        if (!known.isEditable) {
          problems.push(`${known.spec.label} cannot be typed here.`);
          continue;
        }
        const value = readCell(known.spec, typed, page.cellsFor(key, id));
        if (value.ok) values[key] = value.value;
        else problems.push(`Row ${target.fromRow + at + 1}, ${known.spec.label}: ${value.error}`);
      }
      if (Object.keys(values).length > 0) edits.push({ id, values });
    }
    const wide = Math.max(...cells.map((row) => row.length)) - keys.length;
    if (!isOne && wide > 0) problems.push(`${wide} ${wide === 1 ? 'column did' : 'columns did'} not fit.`);
    if (left > 0) problems.push(`${left} ${left === 1 ? 'row did' : 'rows did'} not fit.`);
    if (problems.length > 0)
      page.workspace.toast({
        text: `${problems.length === 1 ? 'One cell was' : `${problems.length} cells were`} not pasted. ${problems[0] ?? ''}`,
        tone: 'danger',
      });
    page.edit(edits, `Pasted into ${edits.length === 1 ? 'a row' : `${edits.length} rows`}`);
  };
  const clear = async (range: CellRange) => {
    if (!page.canEdit()) return;
    const keys = keysIn(range).filter((key) => {
      const column = page.column(key);
      return column?.isEditable === true && column.spec.required !== true && key !== data.shape()?.title;
    });
    const ids = await idsIn(range);
    if (keys.length > 0)
      page.edit(
        ids.map((id) => ({ id, values: Object.fromEntries(keys.map((key) => [key, null])) })),
        `Emptied ${ids.length * keys.length === 1 ? 'a cell' : `${ids.length * keys.length} cells`}`,
      );
  };
  return { copy, paste, clear };
}
