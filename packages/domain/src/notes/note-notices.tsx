import { Banner } from '@rapport/ui/banner';
import { Button } from '@rapport/ui/button';
import { Show } from 'solid-js';

/** What somebody should know of a note before they read it: that it is in the bin, or cannot be shown whole. */
export function NoteNotices(props: {
  isInBin: boolean;
  mayEdit: boolean;
  /** Parts that no editor may open, as a phrase. */
  problem: string | null;
  /** The editor could not be made. */
  hasFailed: boolean;
  onTakeOut: () => void;
  onMend: () => void;
  onTryAgain: () => void;
}) {
  return (
    <>
      <Show when={props.isInBin}>
        <Banner
          tone="warning"
          action={
            <Show when={props.mayEdit}>
              <Button size="sm" onClick={() => props.onTakeOut()}>
                Take it out
              </Button>
            </Show>
          }
        >
          This note is in the bin.
        </Banner>
      </Show>
      <Show when={props.problem}>
        {(problem) => (
          <Banner
            tone="danger"
            action={
              <Show when={props.mayEdit}>
                <Button size="sm" onClick={() => props.onMend()}>
                  Take them out and edit
                </Button>
              </Show>
            }
          >
            This note has {problem()}, which cannot be shown. It can only be read; the rest is shown. Nothing was lost.
          </Banner>
        )}
      </Show>
      <Show when={props.hasFailed && props.problem === null}>
        <Banner
          tone="danger"
          action={
            <Button size="sm" onClick={() => props.onTryAgain()}>
              Try again
            </Button>
          }
        >
          The editor could not open this note, so it can only be read here. Nothing was lost; an earlier version can be
          restored.
        </Banner>
      </Show>
    </>
  );
}
