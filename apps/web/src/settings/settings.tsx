import { A, useParams } from '@solidjs/router';
import { Icon, type IconOf } from '@rapport/ui/icon';
import HeartPulse from 'lucide-solid/icons/heart-pulse';
import Building from 'lucide-solid/icons/building';
import Code from 'lucide-solid/icons/code';
import ClipboardList from 'lucide-solid/icons/clipboard-list';
import ListPlus from 'lucide-solid/icons/list-plus';
import Lock from 'lucide-solid/icons/lock';
import { BoardIcon } from '../shell/board-icon.tsx';
import Mail from 'lucide-solid/icons/mail';
import Upload from 'lucide-solid/icons/upload';
import User from 'lucide-solid/icons/user';
import Users from 'lucide-solid/icons/users';
import UsersRound from 'lucide-solid/icons/users-round';
import { type Role, mayAct } from '@rapport/domain/people/roles';
import { type Component, For, Show, createSignal } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { PageTitle } from '../shell/page-title.tsx';
import { TopBar } from '../shell/top-bar.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { ApiKeys } from './api-keys.tsx';
import { AuditLog } from './audit-log.tsx';
import { Fields } from './fields.tsx';
import { General } from './general.tsx';
import { Health } from './health.tsx';
import { Import } from './import.tsx';
import { Invitations } from './invitations.tsx';
import { MembersPage } from './members.tsx';
import { Pipelines } from './pipelines.tsx';
import { Profile } from './profile.tsx';
import { Teams } from './teams.tsx';
import { createChosenInSight } from './show-chosen.ts';
import { SignInSettings } from './sign-in-settings.tsx';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly icon: IconOf;
  readonly page: Component;
  /** The least role that can do anything there. */
  readonly least?: Role;
}

const groups: readonly { readonly title: string; readonly sections: readonly Section[] }[] = [
  {
    title: 'You',
    sections: [
      { id: 'profile', title: 'Profile', icon: User, page: Profile },
      { id: 'sign-in', title: 'Sign-in', icon: Lock, page: SignInSettings },
    ],
  },
  {
    title: 'Workspace',
    sections: [
      { id: 'general', title: 'General', icon: Building, page: General },
      { id: 'members', title: 'Members and roles', icon: Users, page: MembersPage },
      { id: 'teams', title: 'Teams', icon: UsersRound, page: Teams },
      { id: 'invitations', title: 'Invitations', icon: Mail, page: Invitations, least: 'manager' },
      { id: 'pipelines', title: 'Pipelines', icon: BoardIcon, page: Pipelines },
      { id: 'fields', title: 'Fields', icon: ListPlus, page: Fields },
    ],
  },
  {
    title: 'Data',
    sections: [
      { id: 'import', title: 'Import', icon: Upload, page: Import, least: 'member' },
      { id: 'api-keys', title: 'API keys', icon: Code, page: ApiKeys },
      { id: 'audit', title: 'Audit log', icon: ClipboardList, page: AuditLog, least: 'admin' },
      { id: 'health', title: 'Health and backup', icon: HeartPulse, page: Health, least: 'admin' },
    ],
  },
];
const all = groups.flatMap(({ sections }) => sections);
const first = all[0];

/** Settings: sections at the left, the chosen one at the right. */
export default function Settings() {
  const params = useParams<{ section?: string }>();
  const workspace = useWorkspace();
  const isShown = (each: Section) => each.least === undefined || mayAct(workspace.me.role, each.least);
  const section = () => all.find((each) => each.id === params.section && isShown(each)) ?? first;
  const base = `/w/${workspace.workspaceId}/settings`;
  const [nav, setNav] = createSignal<HTMLElement>();
  createChosenInSight(nav, () => section()?.id);
  return (
    <>
      <PageTitle title={`${section()?.title ?? ''} · Settings`} workspace={workspace.summary().name} />
      <TopBar title="Settings" />
      <div class="set">
        <nav ref={setNav} class="set-nav" aria-label="Settings">
          <For each={groups}>
            {(group) => (
              <>
                <h2 class="nav-h">{group.title}</h2>
                <For each={group.sections.filter(isShown)}>
                  {(each) => (
                    <A
                      href={`${base}/${each.id}`}
                      class="nav-i"
                      aria-current={each.id === section()?.id ? 'page' : undefined}
                    >
                      <Icon of={each.icon} />
                      <span class="ellip">{each.title}</span>
                    </A>
                  )}
                </For>
              </>
            )}
          </For>
        </nav>
        <div class="set-page">
          <Show when={section()}>{(shown) => <Dynamic component={shown().page} />}</Show>
        </div>
      </div>
    </>
  );
}
