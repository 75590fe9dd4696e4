import { Avatar } from '@rapport/ui/avatar';
import { Segmented } from '@rapport/ui/segmented';
import { TextField } from '@rapport/ui/text-field';
import { type Density, type Theme, density, setDensity, setTheme, theme } from '@rapport/ui/theme';
import { For } from 'solid-js';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { AwayField } from './away-field.tsx';
import { createTask } from './create-task.ts';
import { Section } from './section.tsx';

const colours = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const colourNames = [
  'Rose',
  'Orange',
  'Amber',
  'Olive',
  'Green',
  'Emerald',
  'Teal',
  'Blue',
  'Indigo',
  'Violet',
  'Magenta',
  'Pink',
] as const;

/** Oneself: name and colour for everybody, theme and density on this device. */
export function Profile() {
  const workspace = useWorkspace();
  const { run, problem } = createTask();
  const save = async (patch: { name?: string; colour?: number }) => {
    const isDone = await run(() => workspace.api('PATCH', '/me', patch));
    await workspace.queries.refetchQueries({ queryKey: workspace.membersKey });
    if (isDone) workspace.toast({ text: patch.name === undefined ? 'Colour changed' : 'Name changed' });
  };
  const rename = (name: string) => {
    if (name.trim() !== '' && name.trim() !== workspace.me.name) void save({ name: name.trim() });
  };
  return (
    <Section title="Profile" lead="Your name and colour are yours everywhere: board, presence and reports.">
      <FormProblem text={problem()} />
      <div class="set-form">
        <div class="row set-who">
          <Avatar person={workspace.me} size={40} decorative />
          <div>
            <b class="semi">{workspace.me.name}</b>
            <div class="small t3">{workspace.me.email}</div>
          </div>
        </div>
        <TextField label="Name" value={workspace.me.name} onCommit={rename} maxLength={200} autocomplete="name" />
        <AwayField member={workspace.me} />
        <fieldset class="swatches">
          <legend class="flabel">Colour</legend>
          <For each={colours}>
            {(colour, index) => (
              <label class={`swatch p${colour}`} title={colourNames[index()]}>
                <input
                  type="radio"
                  name="colour"
                  class="tick"
                  aria-label={colourNames[index()]}
                  checked={workspace.me.colour === colour}
                  onChange={() => void save({ colour })}
                />
                <span />
              </label>
            )}
          </For>
        </fieldset>
        <div>
          <span class="flabel">Theme, on this device</span>
          <Segmented<Theme>
            label="Theme"
            value={theme()}
            onChange={setTheme}
            options={[
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
              { value: 'system', label: 'As the system' },
            ]}
          />
        </div>
        <div>
          <span class="flabel">Density, on this device</span>
          <Segmented<Density>
            label="Density"
            value={density()}
            onChange={setDensity}
            options={[
              { value: 'compact', label: 'Compact' },
              { value: 'comfortable', label: 'Comfortable' },
            ]}
          />
        </div>
      </div>
    </Section>
  );
}
