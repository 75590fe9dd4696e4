import type { IconOf } from '@rapport/ui/icon';
import Building from 'lucide-solid/icons/building';
import File from 'lucide-solid/icons/file';
import FileText from 'lucide-solid/icons/file-text';
import Folder from 'lucide-solid/icons/folder';
import Funnel from 'lucide-solid/icons/funnel';
import Handshake from 'lucide-solid/icons/handshake';
import User from 'lucide-solid/icons/user';

const icons: Readonly<Record<string, IconOf>> = {
  deal: Handshake,
  lead: Funnel,
  company: Building,
  contact: User,
  note: FileText,
  folder: Folder,
  file: File,
};

/** The icon of a noun's records. */
export const iconOf = (noun: string): IconOf => (Object.hasOwn(icons, noun) ? icons[noun] : undefined) ?? FileText;
