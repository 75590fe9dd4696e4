/** Asks for files with the device's own dialog. Calls back once, with at least one. */
export function chooseFiles(onFiles: (files: readonly File[]) => void, options: { many: boolean }): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = options.many;
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) onFiles(files);
  });
  input.click();
}
