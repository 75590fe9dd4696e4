import { Button } from '@rapport/ui/button';
import { For, Show } from 'solid-js';
import type { ImportWizard } from './create-import.web.ts';

/** Dates and numbers that the file leaves open; an answer can be changed until the import runs. */
export function FormatQuestions(props: { wizard: ImportWizard }) {
  return (
    <Show when={props.wizard.asked().length > 0}>
      <h2 class="imp-asked">Only you can know</h2>
      <For each={props.wizard.asked()}>
        {(question) => (
          <div class="imp-box">
            <p>
              <b class="med">{question.column}</b>: “{question.example}” can be read in more than one way.
            </p>
            <div class="imp-answers" role="group" aria-label={question.column}>
              <For each={question.options}>
                {(option) => (
                  <Button
                    size="sm"
                    aria-pressed={props.wizard.options().formats[question.column] === option.format}
                    onClick={() =>
                      props.wizard.change({
                        formats: { ...props.wizard.options().formats, [question.column]: option.format },
                      })
                    }
                  >
                    {option.label}
                  </Button>
                )}
              </For>
            </div>
          </div>
        )}
      </For>
    </Show>
  );
}
