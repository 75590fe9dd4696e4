import { IconButton } from '@rapport/ui/icon-button';
import { NumberField } from '@rapport/ui/number-field';
import { Select } from '@rapport/ui/select';
import { TextField } from '@rapport/ui/text-field';
import Trash from 'lucide-solid/icons/trash';
import { Show } from 'solid-js';
import type { LeadsBoard } from './create-leads-board.web.ts';
import { askedFields } from './create-leads-board.web.ts';
import { fieldLabels, memberNames } from './names-in.web.ts';
import { weightText } from './score.ts';
import { mostPoints, weightOps, type Weight, type WeightOp } from './weights.ts';

const asks: Readonly<Partial<Record<Weight['kind'], string>>> = {
  value: 'or more',
  message: 'letters',
  recent: 'days',
  waiting: 'days',
  touched: 'days',
};
const opLabels: Readonly<Record<WeightOp, string>> = {
  is: 'is',
  has: 'contains',
  gte: 'is at least',
  lte: 'is at most',
  set: 'is not empty',
  empty: 'is empty',
};

/** One thing that counts: what it is, and how many points it gives or takes. */
export function WeightLine(props: {
  board: LeadsBoard;
  weight: Weight;
  onChange: (change: Partial<Pick<Weight, 'points' | 'number' | 'field' | 'op' | 'value'>>) => void;
  onDelete: () => void;
}) {
  const workspace = () => props.board.workspace;
  const locked = () => props.board.lockReason() !== undefined;
  const said = () => weightText(props.weight, fieldLabels(workspace()), memberNames(workspace()));
  const pointsField = () => (
    <NumberField
      label={`Points for: ${said()}`}
      hideLabel
      suffix="points"
      min={-mostPoints}
      max={mostPoints}
      disabled={locked()}
      value={props.weight.points}
      onCommit={(points) => props.onChange({ points: Math.round(points ?? 0) })}
    />
  );
  return (
    <Show
      when={props.weight.kind === 'field'}
      fallback={
        <div class={`weight${props.weight.points === 0 ? ' off' : ''}`} role="listitem">
          <span class="weight-said">{said()}</span>
          <Show when={asks[props.weight.kind]} fallback={<span />}>
            {(unit) => (
              <NumberField
                label={`How many: ${said()}`}
                hideLabel
                suffix={unit()}
                min={0}
                disabled={locked()}
                value={props.weight.number}
                onCommit={(number) => props.onChange({ number: number ?? 0 })}
              />
            )}
          </Show>
          {pointsField()}
          <span />
        </div>
      }
    >
      <div class={`weight by-field${props.weight.points === 0 ? ' off' : ''}`} role="listitem">
        <span class="weight-ask">
          <Select
            label="Field"
            hideLabel
            disabled={locked()}
            options={askedFields(workspace()).map(({ key, spec }) => ({ id: key, label: spec.label }))}
            value={props.weight.field}
            onChange={(field) => props.onChange({ field })}
          />
          <Select
            label="Question"
            hideLabel
            disabled={locked()}
            options={weightOps.map((id) => ({ id, label: opLabels[id] }))}
            value={props.weight.op}
            onChange={(id) => props.onChange({ op: weightOps.find((op) => op === id) ?? 'is' })}
          />
          <Show when={props.weight.op !== 'set' && props.weight.op !== 'empty'}>
            <TextField
              label="Value"
              hideLabel
              placeholder="Value"
              disabled={locked()}
              value={props.weight.value}
              onCommit={(value) => props.onChange({ value: value.trim() })}
            />
          </Show>
        </span>
        {pointsField()}
        <Show when={!locked()} fallback={<span />}>
          <IconButton icon={Trash} size="sm" label={`Delete: ${said()}`} onClick={() => props.onDelete()} />
        </Show>
      </div>
    </Show>
  );
}
