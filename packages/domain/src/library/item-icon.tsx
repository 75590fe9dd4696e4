import { Icon } from '@rapport/ui/icon';
import File from 'lucide-solid/icons/file';
import FileImage from 'lucide-solid/icons/file-image';
import FileText from 'lucide-solid/icons/file-text';
import Folder from 'lucide-solid/icons/folder';
import NotebookText from 'lucide-solid/icons/notebook-text';

/** Which picture stands for a folder, a note, or a file of a type. */
export function ItemIcon(props: { noun: string; type?: string | null | undefined; size?: 14 | 16 | 20 }) {
  const icon = () => {
    if (props.noun === 'folder') return Folder;
    if (props.noun === 'note') return FileText;
    if (props.type?.startsWith('image/') === true) return FileImage;
    return props.type === 'application/pdf' ? NotebookText : File;
  };
  return <Icon of={icon()} class="t3" {...(props.size === undefined ? {} : { size: props.size })} />;
}
