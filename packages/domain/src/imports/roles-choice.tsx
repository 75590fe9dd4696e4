import { Checkbox } from '@rapport/ui/checkbox';
import { Show } from 'solid-js';
import type { ImportWizard } from './create-import.web.ts';
import type { ShownPreview } from './import-api.ts';

const counted = (asked: Readonly<Record<string, number>>): string =>
  Object.entries(asked)
    .map(([role, count]) => `${count.toLocaleString()} ${count === 1 ? role : `${role}s`}`)
    .join(' and ');

/** Of members: who is here already, and whether the file may make somebody more than a member. */
export function RolesChoice(props: { wizard: ImportWizard; preview: ShownPreview }) {
  const there = () => props.preview.updated + props.preview.unchanged;
  const asked = () => props.preview.also.roles?.asked ?? {};
  return (
    <>
      <h3 class="imp-sub">Already in Rapport</h3>
      <div class="imp-box">
        <div class="row">
          <span class="grow">People with the e-mail or name of a row get its team; their role stays.</span>
          <b class="num med" aria-label={`${there()} rows`}>
            {there().toLocaleString()}
          </b>
        </div>
        <Show when={Object.keys(asked()).length > 0}>
          <Checkbox
            checked={props.wizard.options().roles === 'file'}
            onChange={(isGranted) => props.wizard.change({ roles: isGranted ? 'file' : 'member' })}
          >
            The file asks for {counted(asked())}. Give these roles
          </Checkbox>
        </Show>
      </div>
    </>
  );
}
