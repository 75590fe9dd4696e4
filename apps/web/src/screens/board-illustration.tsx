import { ActivityMark } from '@rapport/ui/activity-mark';
import { Avatar } from '@rapport/ui/avatar';
import { Label } from '@rapport/ui/label';
import { PersonTag } from '@rapport/ui/person-tag';
import { Pointer } from '@rapport/ui/pointer';
import { StageMark } from '@rapport/ui/stage-mark';
import { For, Show } from 'solid-js';

const people = {
  ana: { id: 'ana', name: 'Ana Sørli', colour: 7 },
  noor: { id: 'noor', name: 'Noor Haddad', colour: 9 },
  ines: { id: 'ines', name: 'Ines Valdivia', colour: 11 },
  joel: { id: 'joel', name: 'Joel Lindqvist', colour: 8 },
  mateus: { id: 'mateus', name: 'Mateus Okafor', colour: 5 },
  freya: { id: 'freya', name: 'Freya Munro', colour: 1 },
} as const;
type Who = keyof typeof people;

interface Shown {
  readonly title: string;
  readonly company: string;
  readonly value: string;
  readonly age: string;
  readonly next: 'today' | 'later' | 'none';
  readonly owner: Who;
  readonly labels?: readonly string[];
  readonly editedBy?: Who;
}

const lanes: readonly {
  readonly name: string;
  readonly count: number;
  readonly sum: string;
  readonly weighted: string;
  readonly probability: number;
  readonly cards: readonly (Shown | { readonly slotOf: Who })[];
}[] = [
  {
    name: 'Proposal',
    count: 16,
    sum: '€587,400',
    weighted: '€293,700 at 50%',
    probability: 50,
    cards: [
      {
        title: 'Blood-bank fridges, 3 sites',
        company: 'Pelham Cross Hospital',
        value: '€40,000',
        age: '6d',
        next: 'today',
        owner: 'ana',
        labels: ['Tender', 'Multi-site'],
      },
      {
        title: 'Smokehouse retrofit',
        company: 'Hollin & Sons Seafood',
        value: '€33,800',
        age: '10d',
        next: 'later',
        owner: 'noor',
        labels: ['Renewal'],
      },
      {
        title: 'Cryo store alarms',
        company: 'Vireo Biologics',
        value: '€72,000',
        age: '8d',
        next: 'later',
        owner: 'ines',
        editedBy: 'ines',
      },
      {
        title: 'Seed potato stores',
        company: 'Harrow Fen Growers',
        value: '€16,700',
        age: '9d',
        next: 'none',
        owner: 'joel',
      },
      {
        title: 'Stability chambers',
        company: 'Corvane Pharma',
        value: '€54,300',
        age: '1d',
        next: 'later',
        owner: 'mateus',
        labels: ['Validation'],
      },
    ],
  },
  {
    name: 'Negotiation',
    count: 12,
    sum: '€498,700',
    weighted: '€374,025 at 75%',
    probability: 75,
    cards: [
      {
        title: 'National framework, year 1',
        company: 'Stonebridge Meats',
        value: '€142,000',
        age: '31m',
        next: 'today',
        owner: 'ines',
        labels: ['Tender'],
      },
      { slotOf: 'ana' },
      {
        title: 'Export terminal',
        company: 'Calder Hythe Port',
        value: '€91,500',
        age: '15d',
        next: 'later',
        owner: 'mateus',
      },
      {
        title: 'Annual calibration',
        company: 'Alder Street Clinics',
        value: '€12,800',
        age: '6d',
        next: 'later',
        owner: 'freya',
        labels: ['Renewal'],
      },
      {
        title: 'Apple stores, CA rooms',
        company: 'Northmoor Orchards',
        value: '€37,600',
        age: '8d',
        next: 'later',
        owner: 'noor',
      },
    ],
  },
  {
    name: 'Verbal yes',
    count: 5,
    sum: '€144,300',
    weighted: '€129,870 at 90%',
    probability: 90,
    cards: [
      {
        title: 'Hatchery water temps',
        company: 'Tern Point Fisheries',
        value: '€28,600',
        age: '1h',
        next: 'today',
        owner: 'joel',
      },
      {
        title: 'Bakery freezers, batch 2',
        company: 'Mistral Bakeries',
        value: '€36,900',
        age: 'now',
        next: 'later',
        owner: 'ana',
        labels: ['Multi-site'],
      },
      {
        title: 'Specimen transport',
        company: 'Grayling Labs',
        value: '€11,400',
        age: '2d',
        next: 'later',
        owner: 'mateus',
      },
      {
        title: 'Warehouse B retrofit',
        company: 'Osprey Freight',
        value: '€59,000',
        age: '5d',
        next: 'today',
        owner: 'ines',
        labels: ['Renewal'],
      },
    ],
  },
];

const dragged: Shown = {
  title: 'Cold-room sensors, 4 sites',
  company: 'Brackwater Dairy',
  value: '€48,200',
  age: '7d',
  next: 'later',
  owner: 'noor',
  labels: ['Multi-site'],
};

function Card(props: { card: Shown; heldBy?: Who }) {
  const holder = () => props.heldBy ?? props.card.editedBy;
  return (
    <div class={`card${holder() === undefined ? '' : ` halo p${people[holder() ?? 'ana'].colour}`}`}>
      <Show when={props.card.editedBy}>
        {(who) => (
          <span class="by">
            <PersonTag person={people[who()]} isTyping />
          </span>
        )}
      </Show>
      <div class="t">{props.card.title}</div>
      <div class="c ellip">{props.card.company}</div>
      <Show when={props.card.labels}>
        {(labels) => (
          <div class="ls">
            <For each={labels()}>{(label) => <Label>{label}</Label>}</For>
          </div>
        )}
      </Show>
      <div class="f">
        <span class="v">{props.card.value}</span>
        <span class="age">{props.card.age}</span>
        <ActivityMark state={props.card.next} />
        <Avatar person={people[props.card.owner]} decorative />
      </div>
    </div>
  );
}

/** A fictional team at work, drawn with the real parts. Decoration: hidden from assistive technology. */
export function BoardIllustration() {
  return (
    <div class="scene-bg" aria-hidden="true" inert>
      <div class="scene">
        <For each={lanes}>
          {(lane) => (
            <div class="lane">
              <div class="lane-h">
                <div class="row">
                  <StageMark probability={lane.probability} />
                  <b class="ellip semi">{lane.name}</b>
                  <span class="count">{lane.count}</span>
                </div>
                <div class="sums">
                  <b>{lane.sum}</b>
                  <span>{lane.weighted}</span>
                </div>
              </div>
              <div class="cards">
                <For each={lane.cards}>
                  {(card) =>
                    'slotOf' in card ? (
                      <div class={`slot person p${people[card.slotOf].colour} scene-slot`} />
                    ) : (
                      <Card card={card} />
                    )
                  }
                </For>
              </div>
            </div>
          )}
        </For>
        <div class="scene-drag">
          <Card card={dragged} heldBy="ana" />
          <Pointer person={people.ana} x={136} y={80} />
        </div>
        <Pointer person={people.mateus} x={566} y={505} />
      </div>
    </div>
  );
}
