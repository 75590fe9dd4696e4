import CloudOff from 'lucide-solid/icons/cloud-off';
import CircleCheck from 'lucide-solid/icons/circle-check';
import Info from 'lucide-solid/icons/info';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import type { JSX } from 'solid-js';
import { Icon, type IconOf } from './icon.tsx';

type BannerTone = 'info' | 'warning' | 'danger' | 'success';
const icons: Record<BannerTone, IconOf> = {
  info: Info,
  warning: CloudOff,
  danger: TriangleAlert,
  success: CircleCheck,
};

/** A state of the whole page that lasts: offline, looking at the past, out of disk space. */
export function Banner(props: {
  tone: BannerTone;
  icon?: IconOf | undefined;
  action?: JSX.Element | undefined;
  children: JSX.Element;
}) {
  return (
    <div class={`banner ${props.tone}`} role={props.tone === 'danger' ? 'alert' : 'status'}>
      <Icon of={props.icon ?? icons[props.tone]} />
      <span class="grow">{props.children}</span>
      {props.action}
    </div>
  );
}
