/** Accepts files dropped anywhere on the page. Dragged text keeps its default handling. */
export function acceptDrops(page: HTMLElement, open: (files: File[]) => void): void {
  let leaving: ReturnType<typeof setTimeout> | undefined;
  // In the capture phase: otherwise the editor would insert the file's name.
  const over = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    clearTimeout(leaving);
    page.dataset['dropping'] = '';
  };
  page.addEventListener('dragenter', over, { capture: true });
  page.addEventListener('dragover', over, { capture: true });
  page.addEventListener('dragleave', () => {
    // The event also fires when moving between elements.
    clearTimeout(leaving);
    leaving = setTimeout(() => delete page.dataset['dropping'], 100);
  });
  page.addEventListener(
    'drop',
    (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      delete page.dataset['dropping'];
      open([...(event.dataTransfer?.files ?? [])]);
    },
    { capture: true },
  );
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
