import Hourglass from 'lucide-solid/icons/hourglass';
import { For, Show } from 'solid-js';
import { ActivityMark, type ActivityState } from '../src/activity-mark.tsx';
import { Avatar } from '../src/avatar.tsx';
import { Icon } from '../src/icon.tsx';
import { Label } from '../src/label.tsx';
import { formatMoney } from '../src/logic/money.ts';
import { colleague } from './people.ts';

export type DemoCard = {
  id: string;
  title: string;
  company: string;
  labels: string[];
  amountMinor: number;
  days: number;
  next: ActivityState;
  owner: number;
  rot: 0 | 1 | 2;
};

/** A card's inside, as the deal board will fill it. */
export function CardBody(props: { card: DemoCard }) {
  return (
    <>
      <div class="t">{props.card.title}</div>
      <div class="c ellip">{props.card.company}</div>
      <Show when={props.card.labels.length > 0}>
        <div class="ls">
          <For each={props.card.labels}>{(label) => <Label>{label}</Label>}</For>
        </div>
      </Show>
      <div class="f">
        <span class="v">{formatMoney(props.card.amountMinor, 'EUR')}</span>
        <span class="age">
          <Show when={props.card.rot > 0}>
            <Icon of={Hourglass} size={12} />
          </Show>
          {props.card.days}d
        </span>
        <ActivityMark state={props.card.next} />
        <Avatar person={colleague(props.card.owner)} />
      </div>
    </>
  );
}
