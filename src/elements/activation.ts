// A reader reaches for a picture: with the mouse over it, or by the button that touch and keyboard find.

/** Calls once. The button goes when it has been used; the focus then moves to what has come in its place. */
export function waitForReach(picture: HTMLElement, act: () => void): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'reach-button';
  button.textContent = 'Turn it in 3D';

  const reach = (byButton: boolean) => {
    picture.removeEventListener('pointerenter', byPointer);
    if (byButton) focusWhatComes(picture);
    button.remove();
    act();
  };
  const byPointer = (event: PointerEvent) => {
    if (event.pointerType === 'mouse') reach(false);
  };
  button.addEventListener('click', () => reach(true), { once: true });
  picture.addEventListener('pointerenter', byPointer);
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
