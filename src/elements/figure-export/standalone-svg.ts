// A drawing of the page as an SVG that needs nothing of the page: what style sheets say becomes attributes.
import { plainColour } from './plain-colour.ts';

/** Properties that a drawing's look depends on, and what SVG takes for granted. */
const inherited: Readonly<Record<string, string>> = {
  fill: 'rgb(0, 0, 0)',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-width': '1px',
  'stroke-opacity': '1',
  'stroke-dasharray': 'none',
  'stroke-dashoffset': '0px',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'font-family': '',
  'font-size': '',
  'font-weight': '400',
  'font-style': 'normal',
  'text-anchor': 'start',
  'letter-spacing': 'normal',
  'paint-order': 'normal',
  'shape-rendering': 'auto',
  visibility: 'visible',
};
const ofItself: Readonly<Record<string, string>> = {
  opacity: '1',
  'dominant-baseline': 'auto',
  'vector-effect': 'none',
  'mix-blend-mode': 'normal',
};
const kept = new Set(['id', 'class', 'style', 'tabindex', 'focusable', 'role']);

const isDropped = (name: string): boolean =>
  kept.has(name) || name.startsWith('aria-') || name.startsWith('data-');

/** A copy of what is drawn, to be put into another SVG. */
export function standaloneCopy(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  inline(drawing, copy, inherited);
  return copy;
}

function inline(element: Element, copy: Element, around: Readonly<Record<string, string>>): void {
  const style = getComputedStyle(element);
  if (style.display === 'none') return copy.remove();
  for (const { name } of [...copy.attributes]) {
    if (name in inherited || name in ofItself || isDropped(name)) copy.removeAttribute(name);
  }
  const here: Record<string, string> = {};
  for (const name of Object.keys(inherited)) {
    const value = style.getPropertyValue(name);
    here[name] = value;
    if (value !== around[name]) write(copy, name, value);
  }
  for (const [name, usual] of Object.entries(ofItself)) {
    const value = style.getPropertyValue(name);
    if (value !== usual && value !== '') write(copy, name, value);
  }
  const children = [...element.children];
  const copies = [...copy.children];
  children.forEach((child, index) => {
    const twin = copies[index];
    if (twin) inline(child, twin, here);
  });
}

/** Also where a colour is partly transparent, since not every program reads that of a colour. */
function write(copy: Element, name: string, value: string): void {
  if ((name !== 'fill' && name !== 'stroke') || value === 'none' || value.startsWith('url(')) {
    const text = name === 'font-family' ? value.replaceAll('"', "'") : value.replace(/px\b/g, '');
    copy.setAttribute(name, text);
    return;
  }
  const { colour, opacity } = plainColour(value);
  copy.setAttribute(name, colour);
  if (opacity < 1) copy.setAttribute(`${name}-opacity`, String(opacity));
}
