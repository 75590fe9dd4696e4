import { Skeleton } from '@rapport/ui/skeleton';
import { For } from 'solid-js';

/** A chart that is on its way, in the shape of its box. */
export function BoxSkeleton(props: { title: string }) {
  return (
    <section class="box" aria-busy="true" aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
      </header>
      <div class="late rows">
        <For each={[86, 64, 72, 40, 28]}>
          {(width) => (
            <div class="row" style={{ height: '32px' }}>
              <Skeleton width="80px" />
              <Skeleton width={`${width / 2}%`} height="14px" />
              <span class="grow" />
              <Skeleton width="56px" />
            </div>
          )}
        </For>
      </div>
    </section>
  );
}
