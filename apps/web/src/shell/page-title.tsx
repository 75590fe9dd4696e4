import { createEffect } from 'solid-js';

/** Names the browser's tab after the page: `Settings · Frostvale · Rapport`. */
export function PageTitle(props: { title: string; workspace?: string | undefined }) {
  createEffect(() => {
    const parts = [props.title, props.workspace, 'Rapport'];
    document.title = parts.filter((part) => part !== undefined && part !== '').join(' · ');
  });
  return null;
}
