import { Button } from '../src/button.tsx';
import { EmptyState } from '../src/empty-state.tsx';
import { SkeletonRows } from '../src/skeleton.tsx';
import { Buttons, Choices, Fields } from './sheet-controls.tsx';
import { Cards, ChipsAndMenus, People, Signals } from './sheet-parts.tsx';

/** Every component in every state, as the design's sheet shows them. */
export function ComponentSheet() {
  return (
    <main class="sheet">
      <header class="row">
        <h1>Components</h1>
        <span class="t3">Every state that packages/ui has.</span>
      </header>
      <div class="g">
        <Buttons />
        <Fields />
        <ChipsAndMenus />
        <Choices />
        <People />
        <Signals />
      </div>
      <Cards />
      <div class="g">
        <section class="sec">
          <h2>Empty</h2>
          <EmptyState title="No deals match" action={<Button size="sm">Clear filters</Button>}>
            Rotting and Mine leave nothing.
          </EmptyState>
        </section>
        <section class="sec">
          <h2>Loading</h2>
          <SkeletonRows />
        </section>
      </div>
    </main>
  );
}
