import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import { AvatarStack } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { IconButton } from '@rapport/ui/icon-button';
import { createShortcuts } from '@rapport/ui/keys';
import { ShellSave, ShellSearch } from '@rapport/ui/shell-slots';
import { type Tab, Tabs } from '@rapport/ui/tabs';
import { type Accessor, Show, createEffect, createSignal } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument } from '../client.ts';
import { createOpenRecord } from './create-record.web.ts';
import { createRelated } from './create-related.web.ts';
import { restoreRecord } from './ops.ts';
import { RecordFields } from './record-fields.tsx';
import { RecordHead } from './record-head.tsx';
import type { RecordScreenProps } from './record-screen.tsx';
import { RecordTimeline } from './record-timeline.tsx';
import { RelatedColumn } from './related-column.tsx';

type Column = 'fields' | 'timeline' | 'related';

/** Fields, timeline, and what belongs to it: three columns, on a phone one at a time. */
export function RecordPage(props: RecordScreenProps & { document: OpenDocument; doc: Accessor<Y.Doc> }) {
  // One mount is one record of one workspace.
  /* eslint-disable solid/reactivity */
  const record = createOpenRecord(props.workspace, props.type, props.recordId, props.document, props.doc);
  const related = createRelated(props.workspace, props.type, props.recordId);
  /* eslint-enable solid/reactivity */
  const [column, setColumn] = createSignal<Column>('timeline');
  createEffect(() => props.onName?.(record.state().name));
  // Whoever follows an old link, or has the page open while somebody merges it, is led on.
  createEffect(() => {
    const into = record.state().mergedInto;
    if (into !== null)
      props.links.go(props.links.hrefOf(props.type.noun === 'company' ? 'company' : 'contact', into), true);
  });
  const step = (id: string | undefined) => {
    if (id !== undefined) props.links.go(props.links.hrefOf(props.type.noun === 'company' ? 'company' : 'contact', id));
  };
  createShortcuts([
    { keys: 'K', label: 'Previous', scope: 'Record', run: () => step(props.neighbours?.previous) },
    { keys: 'J', label: 'Next', scope: 'Record', run: () => step(props.neighbours?.next) },
  ]);
  const tabs: readonly Tab<Column>[] = [
    { id: 'timeline', label: 'Timeline' },
    { id: 'fields', label: 'Details' },
    { id: 'related', label: 'Related' },
  ];
  const remove = () => {
    props.links.go(props.links.list);
  };
  return (
    <>
      <header class="top">
        <span class="crumb ellip">
          <a href={props.links.list}>{props.type.noun === 'company' ? 'Companies' : 'Contacts'}</a>
          <span>/</span>
          <b class="ellip" dir="auto">
            {record.state().name}
          </b>
        </span>
        <Show when={props.neighbours}>
          {(list) => (
            <>
              <span class="count wide-only">
                {(list().at + 1).toLocaleString()} of {list().total.toLocaleString()}
              </span>
              <IconButton
                icon={ArrowUp}
                label="Previous"
                keys="K"
                size="sm"
                disabled={list().previous === undefined}
                onClick={() => step(list().previous)}
              />
              <IconButton
                icon={ArrowDown}
                label="Next"
                keys="J"
                size="sm"
                disabled={list().next === undefined}
                onClick={() => step(list().next)}
              />
            </>
          )}
        </Show>
        <span class="grow" />
        <ShellSave />
        <Show when={record.here().length > 0}>
          <AvatarStack people={record.here()} max={4} />
        </Show>
        <ShellSearch />
      </header>
      <RecordHead
        record={record}
        related={related}
        links={props.links}
        {...(props.onShare === undefined ? {} : { onShare: props.onShare })}
        onDeleted={remove}
      />
      <Show when={record.state().deletedAt !== null}>
        <div class="banner record-banner" role="status">
          <span class="grow">This is deleted. It can be restored for 30 days.</span>
          <Button size="sm" onClick={() => record.perform(restoreRecord(), `Restored ${record.state().name}`)}>
            Restore
          </Button>
        </div>
      </Show>
      <div class="phone-only record-tabs">
        <Tabs label="Show" variant="underline" tabs={tabs} value={column()} onChange={setColumn} />
      </div>
      <div class={`record-cols shows-${column()}`}>
        <section class="c1" aria-label="Details">
          <RecordFields record={record} related={related} hrefOf={(id) => props.links.hrefOf('company', id)} />
        </section>
        <section class="c2" aria-label="Timeline">
          <RecordTimeline record={record} related={related} />
        </section>
        <section class="c3" aria-label="Related">
          <RelatedColumn record={record} related={related} links={props.links} documents={props.documents} />
        </section>
      </div>
    </>
  );
}
