import ArrowRightToLine from 'lucide-solid/icons/arrow-right-to-line';
import Calendar from 'lucide-solid/icons/calendar';
import CircleX from 'lucide-solid/icons/circle-x';
import Tag from 'lucide-solid/icons/tag';
import Trash from 'lucide-solid/icons/trash';
import Trophy from 'lucide-solid/icons/trophy';
import User from 'lucide-solid/icons/user';
import X from 'lucide-solid/icons/x';
import { Button } from '@rapport/ui/button';
import { IconButton } from '@rapport/ui/icon-button';
import { MonthPicker } from '@rapport/ui/month-picker';
import { Picker } from '@rapport/ui/picker';
import { Popover } from '@rapport/ui/popover';
import { Show, createSignal } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';
import { choicesFor } from './field-form.tsx';
import { MovePicker } from './move-picker.tsx';

type Open = 'move' | 'owner' | 'label' | 'date' | null;

/** What can be done with the selected deals; each choice is one step to undo. */
export function BulkBar() {
  const board = useDealBoard();
  const { words, fields } = board.type;
  const [open, setOpen] = createSignal<Open>(null);
  let bar: HTMLDivElement | undefined;
  const ids = () => [...board.selected()].filter((id) => board.store.deals.peek(id));
  const done = () => {
    setOpen(null);
  };
  const act = (what: (ids: readonly string[]) => void) => {
    what(ids());
    board.select(new Set());
  };
  const addLabel = (label: string) =>
    board.actions.perform(
      {
        ok: true,
        value: ids().flatMap((id) => {
          const labels = board.store.deals.peek(id)?.labels ?? [];
          return labels.includes(label) ? [] : [{ root: 'cards', id, set: { labels: [...labels, label] } }];
        }),
      },
      { kind: 'edit', text: `Labelled ${ids().length} ${words.many} “${label}”` },
      `Labelled ${ids().length} ${words.many} “${label}”`,
    );
  const locked = () => board.lockReason();
  const choicesOf = (key: string) => {
    const spec = fields[key];
    return spec === undefined ? [] : choicesFor(board, key, spec);
  };
  return (
    <Show when={board.selected().size > 0}>
      <div ref={(made) => (bar = made)} class="bulkbar" role="toolbar" aria-label={`Selected ${words.many}`}>
        <b class="semi num">{board.selected().size} selected</b>
        <span class="sp" />
        <Button variant="ghost" icon={ArrowRightToLine} disabledReason={locked()} onClick={() => setOpen('move')}>
          Move
        </Button>
        <Button variant="ghost" icon={User} disabledReason={locked()} onClick={() => setOpen('owner')}>
          Owner
        </Button>
        <Show when={Object.hasOwn(fields, 'expectedClose')}>
          <Button variant="ghost" icon={Calendar} disabledReason={locked()} onClick={() => setOpen('date')}>
            Date
          </Button>
        </Show>
        <Button variant="ghost" icon={Tag} disabledReason={locked()} onClick={() => setOpen('label')}>
          Label
        </Button>
        <Button
          variant="ghost"
          icon={Trophy}
          disabledReason={locked()}
          onClick={() => act((all) => board.actions.close(all, 'won'))}
        >
          {words.win}
        </Button>
        <Button
          variant="ghost"
          icon={CircleX}
          disabledReason={locked()}
          onClick={() => act((all) => board.actions.close(all, 'lost'))}
        >
          {words.lose}
        </Button>
        <Button
          variant="ghost"
          class="danger"
          icon={Trash}
          disabledReason={locked()}
          onClick={() => act((all) => board.actions.remove(all))}
        >
          Delete
        </Button>
        <span class="sp" />
        <IconButton icon={X} label="Clear the selection" keys="Esc" onClick={() => board.select(new Set())} />
        <MovePicker ids={open() === 'move' ? ids() : []} anchor={() => bar} onClose={done} />
        <Picker
          label="Owner"
          open={open() === 'owner'}
          onClose={done}
          anchor={() => bar}
          options={choicesOf('owner')}
          onPick={({ id }) => board.actions.edit(ids(), { owner: id })}
        />
        <Picker
          label="Label"
          open={open() === 'label'}
          onClose={done}
          anchor={() => bar}
          options={choicesOf('labels')}
          onPick={({ id }) => addLabel(id)}
          onCreate={addLabel}
          createLabel="Add label"
        />
        <Popover open={open() === 'date'} onClose={done} anchor={() => bar} role="dialog" label="Close date">
          <MonthPicker
            value={null}
            today={board.today()}
            onPick={(day) => {
              board.actions.edit(ids(), { expectedClose: day });
              done();
            }}
          />
        </Popover>
      </div>
    </Show>
  );
}
