import { type Accessor, createSignal, onCleanup } from 'solid-js';

const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') === true;

/** Files of a drop or a paste. Folders of the device come as files without content and are left out. */
const filesIn = (data: DataTransfer | null): File[] =>
  [...(data?.items ?? [])]
    .filter((item) => item.kind === 'file' && item.webkitGetAsEntry()?.isDirectory !== true)
    .flatMap((item) => item.getAsFile() ?? []);

/**
 * Takes files that are dropped on an element, or pasted while the focus is in it or nowhere. Answers whether some are held
 * over it now. Text that is pasted into a field is left alone.
 */
export function createFileDrop(
  element: Accessor<HTMLElement | undefined>,
  onFiles: (files: readonly File[]) => void,
): { attach: () => void; isOver: Accessor<boolean> } {
  const [isOver, setOver] = createSignal(false);
  const attach = () => {
    const target = element();
    if (target === undefined) return;
    const over = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget instanceof Node && target.contains(event.relatedTarget)) return;
      setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event.dataTransfer) || event.defaultPrevented) return;
      event.preventDefault();
      const files = filesIn(event.dataTransfer);
      if (files.length > 0) onFiles(files);
    };
    const paste = (event: ClipboardEvent) => {
      const at = event.target;
      const isHere = at === document.body || (at instanceof Node && target.contains(at));
      const isField = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement;
      const isText = at instanceof HTMLElement && at.isContentEditable;
      const files = filesIn(event.clipboardData);
      if (!isHere || isField || isText || files.length === 0 || event.defaultPrevented) return;
      event.preventDefault();
      onFiles(files);
    };
    target.addEventListener('dragover', over);
    target.addEventListener('dragleave', leave);
    target.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    onCleanup(() => {
      target.removeEventListener('dragover', over);
      target.removeEventListener('dragleave', leave);
      target.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    });
  };
  return { attach, isOver };
}
