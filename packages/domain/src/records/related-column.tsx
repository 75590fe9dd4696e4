import Note from 'lucide-solid/icons/sticky-note';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Plus from 'lucide-solid/icons/plus';
import Star from 'lucide-solid/icons/star';
import Trash from 'lucide-solid/icons/trash';
import Trophy from 'lucide-solid/icons/trophy';
import { Monogram } from '@rapport/ui/avatar';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import { MenuButton } from '@rapport/ui/menu';
import { Picker } from '@rapport/ui/picker';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { ErrorBoundary, For, type JSX, Show, Suspense, createSignal, onCleanup } from 'solid-js';
import { dateText, dayOfInstant, moneyText } from '../fields/field-text.ts';
import type { OpenRecord } from './create-record.web.ts';
import type { RelatedOfRecord } from './create-related.web.ts';
import type { RelatedDeal, RelatedRecord } from './related.ts';
import { findRecords } from './find-records.web.ts';
import type { RecordLinks } from './record-screen.tsx';
import {
  linkDeal,
  linkPart,
  linkPerson,
  makeDeal,
  makePart,
  makePerson,
  makePrimary,
  unlinkDeal,
} from './link-actions.web.ts';

/** The right column: deals, people, notes, each with a way to add one. */
export function RelatedColumn(props: {
  record: OpenRecord;
  related: RelatedOfRecord;
  links: RecordLinks;
  documents: ((mayEdit: boolean) => JSX.Element) | undefined;
}) {
  const isCompany = () => props.record.type.noun === 'company';
  const known = () => props.related.related();
  const people = (): readonly RelatedRecord[] => known()?.links.filter(({ noun }) => noun === 'contact') ?? [];
  // A device may keep what was known before there were any.
  const parts = () => known()?.parts ?? [];
  const above = () => {
    const parent = props.record.state().values['parent'];
    return typeof parent === 'string' ? [parent] : [];
  };
  return (
    <Show
      when={known()}
      fallback={
        <Show when={props.related.problem()} fallback={<SkeletonRows count={5} label="Loading what belongs to it" />}>
          <p class="small t3">{props.related.problem()}</p>
        </Show>
      }
    >
      {(now) => (
        <>
          <Section
            title="Deals"
            count={now().dealsTotal}
            lockReason={props.record.lockReason()}
            add={(close) => ({
              search: findRecords(props.record.workspace, 'deal', new Set(now().deals.map(({ id }) => id))),
              createLabel: 'Create deal',
              onCreate: (title: string) => void makeDeal(props.record, title, props.links).then(close),
              onPick: ({ id, label }) => void linkDeal(props.record, id, label).then(close),
            })}
          >
            <For each={now().deals}>
              {(deal) => (
                <DealCard
                  deal={deal}
                  record={props.record}
                  link={now().links.find(({ noun, id }) => noun === 'deal' && id === deal.id)}
                  href={props.links.hrefOf('deal', deal.id, deal.board)}
                />
              )}
            </For>
          </Section>
          <Show when={isCompany()}>
            <Section
              title="Subsidiaries"
              count={parts().length}
              lockReason={props.record.lockReason()}
              add={(close) => ({
                search: findRecords(
                  props.record.workspace,
                  'company',
                  new Set([props.record.id, ...above(), ...parts().map(({ id }) => id)]),
                ),
                createLabel: 'Create company',
                onCreate: (name: string) => void makePart(props.record, name).then(close),
                onPick: ({ id, label }) => void linkPart(props.record, id, label).then(close),
              })}
            >
              <For each={parts()}>
                {(part) => (
                  <a class="row rel-line" href={props.links.hrefOf('company', part.id)}>
                    <Monogram name={part.name} kind="company" />
                    <span class="grow ellip" dir="auto">
                      {part.name}
                    </span>
                  </a>
                )}
              </For>
            </Section>
          </Show>
          <Show when={isCompany() || people().length > 0}>
            <Section
              title="People"
              count={people().length}
              lockReason={isCompany() ? props.record.lockReason() : 'People are linked from their own page.'}
              add={(close) => ({
                search: findRecords(props.record.workspace, 'contact', new Set(people().map(({ id }) => id))),
                createLabel: 'Create contact',
                onCreate: (name: string) => void makePerson(props.record, name).then(close),
                onPick: ({ id, label }) => void linkPerson(props.record, id, label).then(close),
              })}
            >
              <For each={people()}>
                {(person) => (
                  <a class="row rel-line" href={props.links.hrefOf('contact', person.id)}>
                    <Monogram name={person.name} kind="contact" />
                    <span class="grow ellip" dir="auto">
                      {person.name}
                    </span>
                    <span class="small t3 ellip" dir="auto">
                      {person.role}
                    </span>
                  </a>
                )}
              </For>
            </Section>
          </Show>
          <Show when={props.documents}>
            {(documents) => (
              // What cannot be read now (no connection) takes nothing else of the page with it.
              <ErrorBoundary fallback={(_error, again) => <NotNow again={again} />}>
                <Suspense>{documents()(props.record.lockReason() === undefined)}</Suspense>
              </ErrorBoundary>
            )}
          </Show>
          <Show when={props.documents === undefined && now().notesTotal > 0}>
            <section class="rel">
              <h3>
                Notes<span class="count">{now().notesTotal}</span>
              </h3>
              <For each={now().notes}>
                {(note) => (
                  <a class="row rel-line" href={props.links.hrefOf('note', note.id)}>
                    <Icon of={Note} class="t3" />
                    <span class="grow ellip" dir="auto">
                      {note.title === '' ? 'Untitled' : note.title}
                    </span>
                  </a>
                )}
              </For>
            </section>
          </Show>
        </>
      )}
    </Show>
  );
}

/** Asks again when there is a connection again. */
function NotNow(props: { again: () => void }) {
  const again = () => props.again();
  // A listener reads the newest one when it is called.
  // eslint-disable-next-line solid/reactivity
  addEventListener('online', again);
  onCleanup(() => removeEventListener('online', again));
  return <p class="small t3">Notes and files show when you are online again.</p>;
}

type Adding = Pick<Parameters<typeof Picker>[0], 'search' | 'createLabel' | 'onCreate' | 'onPick'>;

function Section(props: {
  title: string;
  count: number;
  lockReason: string | undefined;
  add: (close: () => void) => Adding;
  children: JSX.Element;
}) {
  const [isOpen, setOpen] = createSignal(false);
  let anchor: HTMLElement | undefined;
  return (
    <section class="rel">
      <h3>
        {props.title}
        <span class="count">{props.count}</span>
        <Show when={props.lockReason === undefined}>
          <IconButton
            ref={(made: HTMLElement) => (anchor = made)}
            icon={Plus}
            size="sm"
            label={`Add to ${props.title}`}
            aria-haspopup="dialog"
            aria-expanded={isOpen()}
            onClick={() => setOpen(true)}
          />
          <Picker
            {...props.add(() => setOpen(false))}
            label={`Add to ${props.title}`}
            open={isOpen()}
            anchor={() => anchor}
            onClose={() => setOpen(false)}
          />
        </Show>
      </h3>
      {props.children}
    </section>
  );
}

function DealCard(props: {
  deal: RelatedDeal;
  record: OpenRecord;
  /** What the record is to the deal. */
  link: RelatedRecord | undefined;
  href: string;
}) {
  const title = () => props.deal.title ?? 'Untitled';
  const detail = () => {
    const { status, closedAt, expectedClose } = props.deal;
    if (status !== 'open')
      return `${status === 'won' ? 'Won' : 'Lost'}${closedAt === null ? '' : ` ${dateText(dayOfInstant(closedAt))}`}`;
    return expectedClose === null ? 'Open' : `Open · closes ${dateText(expectedClose)}`;
  };
  const pick = (what: string) => {
    const { record, deal, link } = props;
    if (what === 'primary') void makePrimary(record, deal.id, title());
    else void unlinkDeal(record, deal.id, title(), link?.role ?? '', link?.primary ?? false);
  };
  return (
    <div class="relc rel-deal">
      <a class="grow" href={props.href}>
        <div class="row">
          <Show when={props.deal.status === 'won'}>
            <Icon of={Trophy} size={14} class="won" />
          </Show>
          <span class="grow ellip med" dir="auto">
            {title()}
          </span>
          <span class="num med">{props.deal.value === null ? '' : moneyText(props.deal.value)}</span>
        </div>
        <div class="small t3 ellip">
          {detail()}
          <Show when={props.link?.role}>
            {(role) => (
              <>
                {' · '}
                <bdi>{role()}</bdi>
              </>
            )}
          </Show>
        </div>
      </a>
      <Show when={props.link !== undefined && props.record.lockReason() === undefined}>
        <MenuButton
          label={`More for ${title()}`}
          align="end"
          items={[
            ...(props.link?.primary === true
              ? []
              : [{ id: 'primary', label: `Make it the primary ${props.record.type.noun}`, icon: Star }]),
            { id: 'remove', label: 'Unlink', icon: Trash, tone: 'danger' as const },
          ]}
          onPick={pick}
        >
          {(trigger) => <IconButton {...trigger} icon={Ellipsis} size="sm" label={`More for ${title()}`} />}
        </MenuButton>
      </Show>
    </div>
  );
}
