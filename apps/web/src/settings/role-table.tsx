import { roles } from '@rapport/domain/people/roles';
import { For } from 'solid-js';
import { roleNames } from '../api/shapes.ts';
import { Section } from './section.tsx';

const rights: readonly { readonly what: string; readonly least: 'viewer' | 'member' | 'manager' | 'admin' }[] = [
  { what: 'See boards, deals, activity and reports', least: 'viewer' },
  { what: 'Create, edit, move and delete deals', least: 'member' },
  { what: 'Make pipelines, import and undo imports', least: 'member' },
  { what: 'Invite people', least: 'manager' },
  { what: 'Change roles, remove people, rename the workspace', least: 'admin' },
];
const weight = { viewer: 0, member: 1, manager: 2, admin: 3 } as const;

/** What each role may do. The server decides the same way; this only tells. */
export function RoleTable() {
  return (
    <Section title="Roles">
      <div class="set-scroll" tabindex="0" role="region" aria-label="What each role may do">
        <table class="tbl set-roles">
          <thead>
            <tr>
              <th>What</th>
              <For each={roles}>{(role) => <th>{roleNames[role]}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={rights}>
              {(right) => (
                <tr>
                  <td>{right.what}</td>
                  <For each={roles}>
                    {(role) => (
                      <td>
                        <span class={weight[role] >= weight[right.least] ? 'sc all' : 'sc no'}>
                          {weight[role] >= weight[right.least] ? 'Yes' : 'No'}
                        </span>
                      </td>
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </Section>
  );
}
