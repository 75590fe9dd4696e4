import { Picker } from '@rapport/ui/picker';
import type { Option } from '@rapport/ui/option-list';
import { StageMark } from '@rapport/ui/stage-mark';
import type { Anchor } from '@rapport/ui/popover';
import { useDealBoard } from './deal-board-context.tsx';
import { stageColour } from './stage-colour.ts';

/** “Move to…”: the stages of this pipeline, then the other pipelines. The key for every drag. */
export function MovePicker(props: { ids: readonly string[]; anchor: () => Anchor | undefined; onClose: () => void }) {
  const board = useDealBoard();
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
      .map(({ id, name }, index) => ({
        id: `b:${id}`,
        label: name,
        heading: index === 0 ? 'Other pipelines' : undefined,
      })),
  ];
  const current = () => {
    const stages = new Set(props.ids.map((id) => board.store.deals.peek(id)?.stageId));
    return stages.size === 1 ? `s:${[...stages][0] ?? ''}` : null;
  };
  const pick = ({ id, label }: Option) => {
    if (id.startsWith('s:')) board.actions.move(props.ids, id.slice(2));
    else void board.actions.transfer(props.ids, { id: id.slice(2), name: label });
  };
  return (
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
  );
}
