import { minorDigits } from '@rapport/schema/currency';
import { Avatar } from '@rapport/ui/avatar';
import { Icon } from '@rapport/ui/icon';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { Show } from 'solid-js';
import { useTable } from './table-context.web.ts';
import { groupText, sumsText } from './words.ts';

/** The heading of a group of rows: what they have in common, how many there are, their sums; a press closes it. */
export function TableGroupHead(props: { group: number }) {
  const page = useTable();
  const { data } = page;
  const now = () => data.summary()?.groups?.[props.group];
  const spec = () => page.column(page.view().group ?? '')?.spec;
  const person = () => page.workspace.members().get(String(now()?.value ?? ''));
  const sums = () =>
    Object.entries(now()?.sums ?? {}).flatMap(([key, each]) => {
      const text = sumsText(each, minorDigits);
      return text === '' ? [] : [`${page.column(key)?.spec.label ?? key} ${text}`];
    });
  return (
    <span class="grp-line">
      <button
        type="button"
        class="grp-b"
        aria-expanded={!data.isClosed(props.group)}
        onClick={() => data.toggleGroup(props.group)}
      >
        <Icon of={ChevronDown} size={14} />
        <Show when={person()}>{(somebody) => <Avatar person={somebody()} size={18} decorative />}</Show>
        <Show when={spec()}>
          {(known) => (
            <bdi class="ellip">
              {groupText(
                known(),
                now()?.value ?? null,
                (id) => page.workspace.members().get(id)?.name ?? data.nameOf(id),
              )}
            </bdi>
          )}
        </Show>
        <span class="count">{now()?.count.toLocaleString()}</span>
      </button>
      <span class="t3 small num">{sums().join(' · ')}</span>
    </span>
  );
}
