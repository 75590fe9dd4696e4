import { type Race, raceById, raceId, racesRoot } from '@rapport/doc/race';
import { eachRecord } from '@rapport/doc/records';
import { RaceMark, type RaceSide } from '@rapport/ui/race-mark';
import { type Accessor, Show, createRenderEffect, createSignal, onCleanup } from 'solid-js';
import type { DealBoard } from './deal-board-context.tsx';
import { raceWords } from './race-words.web.ts';

/** Races of a board that nobody has answered yet, by id; one observer for all cells. */
export function createOpenRaces(board: DealBoard): Accessor<ReadonlyMap<string, Race>> {
  const [races, setRaces] = createSignal<ReadonlyMap<string, Race>>(new Map());
  createRenderEffect(() => {
    const { doc } = board.store;
    const root = doc.getMap(racesRoot);
    const follow = () => {
      const open = new Map<string, Race>();
      eachRecord(doc, racesRoot, (id) => {
        const race = raceById(doc, id);
        if (race !== null) open.set(id, race);
      });
      setRaces(open);
    };
    root.observeDeep(follow);
    onCleanup(() => root.unobserveDeep(follow));
    follow();
  });
  return races;
}

/** On a cell of the board's table that two people set at once: who set what, and the other value a press away. */
export function DealCellRace(props: {
  board: DealBoard;
  races: ReadonlyMap<string, Race>;
  dealId: string;
  field: string;
  label: string;
}) {
  // One cell is on one board.
  // eslint-disable-next-line solid/reactivity
  const { board } = props;
  const side = (id: string, value: unknown): RaceSide => ({
    person: board.personOf(id) ?? { id, name: 'Somebody', colour: 1 },
    isMe: id === board.workspace.me.id,
    value: <bdi>{raceWords(board, props.field, value)}</bdi>,
  });
  return (
    <Show when={props.races.get(raceId(props.dealId, props.field))}>
      {(race) => (
        <RaceMark
          label={props.label}
          kept={side(race().keptBy, race().kept)}
          other={side(race().otherBy, race().other)}
          forbidden={board.lockReason()}
          onSwap={() => board.actions.answerRace(race(), 'swap')}
          onKeep={() => board.actions.answerRace(race(), 'keep')}
        />
      )}
    </Show>
  );
}
