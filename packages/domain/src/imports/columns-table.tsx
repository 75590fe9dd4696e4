import { Button } from '@rapport/ui/button';
import { Icon } from '@rapport/ui/icon';
import { Label } from '@rapport/ui/label';
import type { Option } from '@rapport/ui/option-list';
import { Select } from '@rapport/ui/select';
import ArrowRight from 'lucide-solid/icons/arrow-right';
import Undo2 from 'lucide-solid/icons/undo-2';
import { For, Show } from 'solid-js';
import type { ImportWizard } from './create-import.web.ts';
import type { DescribedColumn } from './describe-import.ts';
import type { ShownPreview } from './import-api.ts';
import { makeableTypes, type ColumnTarget } from './target.ts';

const makeNames = { text: 'Text', select: 'Select', number: 'Number', date: 'Date' } as const;
const formatNames: Readonly<Record<string, string>> = {
  ymd: 'yyyy-mm-dd',
  dmy: 'd.m.yyyy',
  mdy: 'm/d/yyyy',
  serial: 'day number',
  epochMs: 'milliseconds',
  epochSeconds: 'seconds',
  decimalComma: '1.234,50',
};
const leaveOut = 'out';

const idOf = (target: ColumnTarget): string =>
  target === null ? leaveOut : typeof target === 'string' ? `field:${target}` : `make:${target.make}`;

/** Every column of the file, what it holds, and where it goes. */
export function ColumnsTable(props: { wizard: ImportWizard; preview: ShownPreview }) {
  const matched = () => props.preview.columns.filter(({ target }) => target !== null).length;
  const spellings = (column: string) =>
    props.preview.spellings
      .filter((each) => each.column === column)
      .reduce((sum, { values }) => sum + values.length, 0);

  const options = (column: DescribedColumn): Option[] => [
    ...props.preview.fields.map(({ key, label }): Option => {
      const format = column.target === key && column.format !== null ? formatNames[column.format] : undefined;
      return { id: `field:${key}`, label: format === undefined ? label : `${label}, ${format}` };
    }),
    ...(props.preview.makesNone ? [] : makeableTypes).map((type, index): Option => ({
      id: `make:${type}`,
      label: `Make a field: ${makeNames[type]}`,
      separated: index === 0,
    })),
    { id: leaveOut, label: 'Leave out', separated: true },
  ];
  const choose = (column: DescribedColumn, id: string) => {
    const [kind, name = ''] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
    const type = makeableTypes.find((each) => each === name);
    if (kind === 'field') props.wizard.map(column.column, name);
    else props.wizard.map(column.column, kind === 'make' && type !== undefined ? { make: type } : null);
  };

  return (
    <section aria-label="Columns">
      <header class="row">
        <h2>Columns</h2>
        <span class="count">
          {matched()} of {props.preview.columns.length} matched
        </span>
        <span class="grow" />
        <Button variant="ghost" size="sm" icon={Undo2} onClick={() => props.wizard.reset()}>
          Reset
        </Button>
      </header>
      <div class="imp-scroll">
        <table class="tbl map">
          <colgroup>
            <col class="c-name" />
            <col />
            <col class="c-arrow" />
            <col class="c-target" />
            <col class="c-filled" />
          </colgroup>
          <thead>
            <tr>
              <th>In your file</th>
              <th>First values</th>
              <th class="ar">
                <span class="sr">goes to</span>
              </th>
              <th>In Rapport</th>
              <th class="r">Filled</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.preview.columns}>
              {(column) => (
                <tr>
                  <td class="ellip" title={column.column}>
                    <b class="med">{column.column}</b>
                  </td>
                  <td class="t3 ellip" title={column.samples.join('\n')}>
                    {column.samples.join(', ') || 'empty'}
                  </td>
                  <td class="ar">
                    <Icon of={ArrowRight} size={14} class="t3" />
                  </td>
                  <td class={typeof column.target === 'string' ? '' : 'is-quiet'}>
                    <Select
                      label={`${column.column} goes to`}
                      hideLabel
                      options={options(column)}
                      value={idOf(column.target)}
                      onChange={(id) => choose(column, id)}
                    />
                  </td>
                  <td class="r small">
                    <Show
                      when={column.errors > 0}
                      fallback={
                        <Show
                          when={spellings(column.column) > 0}
                          fallback={
                            <span class="t3 num">
                              {Math.round((100 * column.filled) / Math.max(1, props.preview.rows))}%
                            </span>
                          }
                        >
                          <Label tone="warning">{spellings(column.column)} spellings</Label>
                        </Show>
                      }
                    >
                      <Label tone="danger">
                        {column.errors.toLocaleString()} {column.errors === 1 ? 'error' : 'errors'}
                      </Label>
                    </Show>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </section>
  );
}
