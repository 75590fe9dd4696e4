import { minorDigits } from '@rapport/schema/currency';
import type { FieldSpecs } from '@rapport/schema/fields';
import { Avatar } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { TextField } from '@rapport/ui/text-field';
import { For, Show, createSignal } from 'solid-js';
import { isGroup, type ConditionGroup } from '../tables/table-query.ts';
import type { LeadsBoard } from './create-leads-board.web.ts';
import { leadFields } from './schema.ts';
import type { Rules } from './rules.ts';

const typed = new Set(['text', 'longText', 'select', 'email', 'phone', 'url', 'number', 'money']);

const fieldsIn = (group: ConditionGroup): string[] =>
  group.of.flatMap((node) => (isGroup(node) ? fieldsIn(node) : [node.field]));

/** Who would get a lead like this one? The server answers, with the reason; nothing is written. */
export function TryAssignment(props: { board: LeadsBoard; rules: Rules }) {
  const [values, setValues] = createSignal<Readonly<Record<string, string>>>({});
  const [answer, setAnswer] = createSignal<{ owner: string | null; why: string }>();
  const [problem, setProblem] = createSignal<string>();
  const specs = (): FieldSpecs => ({ ...leadFields, ...props.board.workspace.customFields('lead') });
  /** What the rules ask; a source and a country at least, so that there is something to type. */
  const fields = () =>
    [...new Set([...props.rules.rules.flatMap(({ when }) => fieldsIn(when)), 'source', 'country'])]
      .flatMap((key) => {
        const spec = Object.entries(specs()).find(([each]) => each === key)?.[1];
        return spec && typed.has(spec.type) ? [{ key, spec }] : [];
      })
      .slice(0, 6);
  const valueOf = (key: string, text: string) => {
    const type = fields().find((field) => field.key === key)?.spec.type;
    if (type === 'number') return Number(text);
    if (type !== 'money') return text;
    const currency = props.board.currency();
    return { minor: Math.round(Number(text) * 10 ** minorDigits(currency)), currency };
  };
  const ask = async () => {
    const given = Object.fromEntries(
      Object.entries(values()).flatMap(([key, text]) => (text.trim() === '' ? [] : [[key, valueOf(key, text.trim())]])),
    );
    try {
      setAnswer(
        await props.board.workspace.api('POST', `/boards/${props.board.boardId}/assignment/try`, { values: given }),
      );
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const owner = () => props.board.workspace.members().get(answer()?.owner ?? '');
  return (
    <form
      class="rule-try"
      aria-label="Try it out"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <h2>Who would get this lead?</h2>
      <For each={fields().map(({ key }) => key)}>
        {(key) => (
          <TextField
            label={fields().find((field) => field.key === key)?.spec.label ?? key}
            value={values()[key] ?? ''}
            onInput={(text) => setValues((before) => ({ ...before, [key]: text }))}
          />
        )}
      </For>
      <div class="row">
        <Button type="submit">Try it out</Button>
      </div>
      <div role="status" class="rule-answer">
        <Show when={problem()}>{(text) => <p class="hint error">{text()}</p>}</Show>
        <Show when={problem() === undefined ? answer() : undefined}>
          {(found) => (
            <>
              <p class="row">
                <Show when={owner()}>{(person) => <Avatar person={person()} size={24} decorative />}</Show>
                <b class="med" dir="auto">
                  {owner()?.name ?? 'Nobody'}
                </b>
              </p>
              <p class="t2" dir="auto">
                {found().why}.
              </p>
            </>
          )}
        </Show>
      </div>
    </form>
  );
}
