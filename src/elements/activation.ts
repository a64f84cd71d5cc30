// A reader activates a picture: with the mouse over it, or by the button that touch and keyboard find.

/** Calls once. The button goes when it has been used; the focus then moves to what has come in its place. */
export function waitForActivation(
  picture: HTMLElement,
  act: () => void,
  signal: AbortSignal,
): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'activation-button';
  button.textContent = 'Turn it in 3D';
  const isOver = new AbortController();
  const until = { signal: isOver.signal };

  const activate = (byButton: boolean): void => {
    isOver.abort();
    if (byButton) focusWhatComes(picture);
    button.remove();
    act();
  };
  button.addEventListener('click', () => activate(true), until);
  // The mouse may have lain there before anyone listened: then its first move is the news.
  for (const news of ['pointerenter', 'pointermove'] as const)
    picture.addEventListener(
      news,
      ({ pointerType }) => pointerType === 'mouse' && activate(false),
      until,
    );
  signal.addEventListener('abort', () => {
    isOver.abort();
    button.remove();
  });
  picture.append(button);
}

/** The live view comes when its code has been fetched; ten seconds are enough, later it would only startle. */
function focusWhatComes(picture: HTMLElement): void {
  const observer = new MutationObserver(() => {
    const target = picture.querySelector<HTMLElement>('[tabindex="0"]');
    if (!target) return;
    observer.disconnect();
    target.focus({ preventScroll: true });
  });
  observer.observe(picture, { subtree: true, childList: true, attributeFilter: ['tabindex'] });
  setTimeout(() => observer.disconnect(), 10_000);
}
