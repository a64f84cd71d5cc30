// The browser's next frame: what was changed before is then on its way to the screen.
export const nextFrame = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => resolve()));
