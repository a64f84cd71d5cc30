// Making SVG elements by hand: the document may be a browser's or, at build time, linkedom's.

const namespace = 'http://www.w3.org/2000/svg';

export type Attributes = Readonly<Record<string, string | number>>;

/** Appends a new SVG element to `parent` and returns it. */
export function append(parent: Element, tag: string, attributes: Attributes = {}): SVGElement {
  const element = parent.ownerDocument.createElementNS(namespace, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  parent.appendChild(element);
  return element;
}

/** Likewise, with text inside. */
export function appendText(parent: Element, text: string, attributes: Attributes): SVGElement {
  const element = append(parent, 'text', attributes);
  element.textContent = text;
  return element;
}

/** One decimal is a tenth of a pixel: finer than the eye, and short. */
export const pixel = (value: number): string => String(Math.round(value * 10) / 10);

/** `Mx y l dx dy ...` in whole units: relative steps are shorter text than absolute ones. */
export function pathData(
  points: readonly (readonly [number, number])[],
  unitsPerPixel: number,
  close = false,
): string {
  let data = '';
  // Steps are between rounded points, so that rounding never drifts.
  let [px, py] = [0, 0];
  points.forEach(([x, y], i) => {
    const [tx, ty] = [Math.round(x * unitsPerPixel), Math.round(y * unitsPerPixel)];
    const [dx, dy] = [tx - px, ty - py];
    const lead = i === 0 ? 'M' : i === 1 ? 'l' : dx < 0 ? '' : ' ';
    data += `${lead}${dx}${dy < 0 ? '' : ' '}${dy}`;
    [px, py] = [tx, ty];
  });
  return close ? `${data}z` : data;
}
