import { Button } from '@rapport/ui/button';
import { Icon } from '@rapport/ui/icon';
import Plus from 'lucide-solid/icons/plus';
import { useShell } from './shell-state.ts';

/** Opens the dialog that makes a pipeline. */
export function NewPipelineButton() {
  const shell = useShell();
  return (
    <Button variant="primary" icon={Plus} onClick={() => shell.openNewPipeline()}>
      New pipeline
    </Button>
  );
}

/** The same as a quiet line of the navigation. */
export function NewPipelineLine() {
  const shell = useShell();
  return (
    <button type="button" class="nav-i nav-add" onClick={() => shell.openNewPipeline()}>
      <Icon of={Plus} />
      <span class="ellip">New pipeline</span>
    </button>
  );
}
