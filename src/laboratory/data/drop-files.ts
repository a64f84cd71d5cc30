// The whole data section takes what is dropped on it.

/** @returns ends it. */
export function dropFiles(target: HTMLElement, onFile: (file: File) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const hasFiles = (event: DragEvent): boolean =>
    event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    target.dataset['drop'] = '';
  };
  target.addEventListener('dragenter', over, { signal });
  target.addEventListener('dragover', over, { signal });
  target.addEventListener(
    'dragleave',
    ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && target.contains(relatedTarget)))
        delete target.dataset['drop'];
    },
    { signal },
  );
  target.addEventListener(
    'drop',
    (event) => {
      delete target.dataset['drop'];
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      onFile(file);
    },
    { signal },
  );
  return () => stop.abort();
}

export const isWeightsFile = ({ name }: File): boolean => /\.safetensors$/i.test(name);
