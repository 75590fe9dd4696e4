import { Picker } from '@rapport/ui/picker';
import type { Option } from '@rapport/ui/option-list';
import { StageMark } from '@rapport/ui/stage-mark';
import type { Anchor } from '@rapport/ui/popover';
import { createSignal } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';
import type { Stage } from '../boards/schema.ts';
import { stageColour } from './stage-colour.ts';

type Other = { readonly id: string; readonly name: string };
/** What the first list was opened for; it closes before the second one opens. */
type Asked = { readonly ids: readonly string[]; readonly anchor: Anchor | undefined };
type OtherStage = Pick<Stage, 'id' | 'name' | 'kind' | 'probability' | 'colour'>;

/** “Move to…”: the stages of this pipeline, then the other pipelines, each with its own stages. The key for every drag. */
export function MovePicker(props: { ids: readonly string[]; anchor: () => Anchor | undefined; onClose: () => void }) {
  const board = useDealBoard();
  /** The other pipeline that was chosen, for these deals; its stages are chosen from next. */
  const [next, setNext] = createSignal<{ board: Other; stages: readonly OtherStage[]; from: Asked }>();
  const options = (): readonly Option[] => [
    ...board.store.stages().map((stage, index) => ({
      id: `s:${stage.id}`,
      label: stage.name,
      mark: () => <StageMark probability={stage.probability} colour={stageColour(stage.colour)} />,
      heading: index === 0 ? board.store.meta().name : undefined,
    })),
    ...board
      .boards()
      .filter(({ id }) => id !== board.boardId)
      .map(({ id, name, access }, index) => ({
        id: `b:${id}`,
        label: `${name}…`,
        forbidden: access === 'view' ? 'You may only look' : undefined,
        heading: index === 0 ? `Other ${board.type.words.boards.toLowerCase()}` : undefined,
      })),
  ];
  const current = () => {
    const stages = new Set(props.ids.map((id) => board.store.deals.peek(id)?.stageId));
    return stages.size === 1 ? `s:${[...stages][0] ?? ''}` : null;
  };
  const askStages = async (other: Other, from: Asked) => {
    try {
      const { items } = await board.workspace.api<{ items: OtherStage[] }>('GET', `/boards/${other.id}/stages`);
      setNext({ board: other, stages: items, from });
    } catch (error) {
      const text =
        navigator.onLine && error instanceof Error
          ? `Not moved. ${error.message}`
          : `Not moved. Another ${board.type.words.board} needs a connection; nothing has changed.`;
      board.workspace.toast({ text, tone: 'danger' });
      board.workspace.announce(text);
    }
  };
  const pick = ({ id }: Option) => {
    if (id.startsWith('s:')) return board.actions.move(props.ids, id.slice(2));
    const other = board.boards().find((each) => each.id === id.slice(2));
    return other && void askStages(other, { ids: props.ids, anchor: props.anchor() });
  };
  const pickThere = ({ id }: Option) => {
    const chosen = next();
    const stage = chosen?.stages.find((each) => each.id === id);
    if (chosen && stage) void board.actions.transfer(chosen.from.ids, { board: chosen.board, stage });
  };
  return (
    <>
      <Picker
        label="Move to"
        placeholder="Move to"
        options={options()}
        isChosen={(id) => id === current()}
        onPick={pick}
        open={props.ids.length > 0}
        onClose={() => props.onClose()}
        anchor={props.anchor}
      />
      <Picker
        label={`Stage in ${next()?.board.name ?? ''}`}
        placeholder={`Stage in ${next()?.board.name ?? ''}`}
        options={(next()?.stages ?? []).map((stage) => ({
          id: stage.id,
          label: stage.name,
          mark: () => <StageMark probability={stage.probability} colour={stageColour(stage.colour)} />,
        }))}
        onPick={pickThere}
        open={next() !== undefined}
        onClose={() => setNext(undefined)}
        anchor={() => next()?.from.anchor}
      />
    </>
  );
}
