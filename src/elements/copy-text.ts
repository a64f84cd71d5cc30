// Buttons that copy the text beside them, and say so.

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  const words = button.querySelector<HTMLElement>('[data-copy-words]');
  const before = words?.textContent ?? '';
  let restoring = 0;
  words?.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    const source = button.parentElement?.querySelector('pre');
    if (!source || !words) return;
    words.textContent = (await copy(source)) ? 'Copied' : 'Selected: press Ctrl+C';
    clearTimeout(restoring);
    restoring = window.setTimeout(() => (words.textContent = before), 2500);
  });
}

/** False where the browser lets no script write to the clipboard; the text is then selected. */
async function copy(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    getSelection()?.selectAllChildren(source);
    return false;
  }
}
