import { TextField } from '@rapport/ui/text-field';
import { createSignal } from 'solid-js';
import type { OpenForm } from './create-form.web.ts';
import { readOrigin } from './form.ts';
import { changeForm } from './ops.ts';

/** The pages that may show it in a frame. */
export function FormOrigins(props: { open: OpenForm }) {
  const [problem, setProblem] = createSignal<string>();
  const commit = (typed: string) => {
    const lines = typed
      .split(/\s+/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const wrong = lines.find((line) => readOrigin(line) === null);
    setProblem(wrong === undefined ? undefined : `${wrong} is not such as https://www.example.com`);
    if (wrong !== undefined) return;
    const origins = [...new Set(lines.map(readOrigin).filter((each) => each !== null))];
    props.open.perform(changeForm({ origins }), 'Changed which sites may show the form');
  };
  return (
    <TextField
      label="Sites that may show it, one a line"
      hint="Without any, no other site can put the form into its pages."
      error={problem()}
      multiline
      value={props.open.form().origins.join('\n')}
      placeholder="https://www.example.com"
      disabled={props.open.lockReason() !== undefined}
      onCommit={commit}
    />
  );
}
