import { Banner } from '@rapport/ui/banner';
import { Show } from 'solid-js';

/** What is wrong with a form as a whole. */
export function FormProblem(props: { text: string | undefined }) {
  return <Show when={props.text}>{(text) => <Banner tone="danger">{text()}</Banner>}</Show>;
}
