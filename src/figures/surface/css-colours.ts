// What a CSS colour is on this page, now: three.js knows neither variables nor oklch().

/** sRGB components 0 to 1 of each colour, as `element` would show it. */
export function resolvedColours(
  element: HTMLElement,
  colours: readonly string[],
): [red: number, green: number, blue: number][] {
  const { ownerDocument } = element;
  const canvas = ownerDocument.createElement('canvas');
  canvas.width = Math.max(1, colours.length);
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return colours.map(() => [0.5, 0.5, 0.5]);
  const probe = ownerDocument.createElement('span');
  probe.hidden = true;
  element.append(probe);
  colours.forEach((colour, i) => {
    probe.style.color = colour;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(i, 0, 1, 1);
  });
  probe.remove();
  const { data } = context.getImageData(0, 0, canvas.width, 1);
  return colours.map((_, i) => [
    (data[4 * i] as number) / 255,
    (data[4 * i + 1] as number) / 255,
    (data[4 * i + 2] as number) / 255,
  ]);
}
