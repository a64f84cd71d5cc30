// Makes a drawing of the page stand alone: its styles as attributes, its variables and colours resolved, its text as outlines.
import { formatHex, parse as parseColour } from 'culori';
import { outline, type Face } from './fonts.ts';

interface Rule {
  readonly selector: string;
  readonly declarations: readonly (readonly [property: string, value: string])[];
}

/** Values of the custom properties in the first rule of `css`: the light theme's. */
export function readVariables(css: string): Map<string, string> {
  const block = /:root\s*\{([^}]*)\}/.exec(css.replace(/\/\*[\s\S]*?\*\//g, ''))?.[1] ?? '';
  return new Map(declarationsOf(block).filter(([name]) => name.startsWith('--')));
}

/** Plain rules, the more general first, as the cascade applies them. Media and other blocks are left out. */
export function readRules(css: string): Rule[] {
  const plain = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/@[^{;]+\{(?:[^{}]|\{[^{}]*\})*\}/g, '');
  const rules = [...plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(
    ([, selectors = '', body = '']) =>
      selectors
        .split(/,(?![^(]*\))/)
        .map((selector) => ({ selector: selector.trim(), declarations: declarationsOf(body) })),
  );
  const weight = ({ selector }: Rule) =>
    10 * (selector.match(/[.[]/g)?.length ?? 0) + (selector.match(/(^|\s)[a-z]/g)?.length ?? 0);
  return rules
    .filter(({ selector }) => !selector.includes(':'))
    .sort((a, b) => weight(a) - weight(b));
}

const declarationsOf = (body: string) =>
  body
    .split(';')
    .map((declaration) => /^\s*([\w-]+)\s*:\s*([\s\S]+?)\s*$/.exec(declaration))
    .filter((match) => match !== null)
    .map(([, name, value]) => [name!, value!.replace(/\s+/g, ' ')] as const);

/** What a rasteriser knows how to draw with. */
const drawn = new Set(
  `fill fill-opacity stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin
   opacity paint-order font-size font-weight text-anchor dominant-baseline display visibility`.split(
    /\s+/,
  ),
);

/** Changes `svg` in place. Returns what could not be drawn, in sentences: a text with a sign that no font file has is left out whole. */
export function standAlone(
  svg: Element,
  rules: readonly Rule[],
  variables: ReadonlyMap<string, string>,
): string[] {
  const leftOut: string[] = [];
  for (const { selector, declarations } of rules) {
    for (const element of matching(svg, selector)) {
      for (const [name, value] of declarations)
        if (drawn.has(name)) element.setAttribute(name, value);
    }
  }
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      if (/^(aria-|data-|on|class$|role$|tabindex$|style$)/.test(name))
        element.removeAttribute(name);
      else if (/var\(|[a-z]\(/.test(value) && name !== 'transform') {
        element.setAttribute(name, resolve(value, variables));
      }
    }
  }
  for (const text of [...svg.querySelectorAll('text')]) {
    try {
      outlineText(text);
    } catch (error) {
      leftOut.push((error as Error).message);
      text.remove();
    }
  }
  for (const unseen of [...svg.querySelectorAll('title, desc, foreignObject')]) unseen.remove();
  return leftOut;
}

function matching(svg: Element, selector: string): Element[] {
  const found = [...svg.querySelectorAll(selector)];
  // The drawing's own root may be what the rule names.
  return svg.matches(selector) ? [svg, ...found] : found;
}

/** `var(--ink, #000)` and `oklch(...)` as colours that any program reads. */
export function resolve(value: string, variables: ReadonlyMap<string, string>): string {
  let resolved = value;
  // From the inside out, since a fallback may hold a variable.
  const inner = /var\((--[\w-]+)(?:\s*,\s*((?:[^()]|\([^()]*\))*))?\)/;
  for (let match = inner.exec(resolved); match; match = inner.exec(resolved)) {
    resolved = resolved.replace(match[0], variables.get(match[1]!) ?? match[2]?.trim() ?? 'none');
  }
  if (!/^(oklch|oklab|lab|lch|hsl|hwb|color)\(/.test(resolved)) return resolved;
  const colour = parseColour(resolved);
  return colour ? formatHex(colour) : resolved;
}

/** An attribute of the element or, as the cascade inherits it, of those round it. */
function inherited(element: Element, name: string): string | undefined {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const value = at.getAttribute(name);
    if (value !== null) return value;
  }
  return undefined;
}

function outlineText(text: Element): void {
  const { ownerDocument: document } = text;
  const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  for (const { name, value } of [...text.attributes]) {
    if (!/^(x|y|dx|dy)$/.test(name)) group.setAttribute(name, value);
  }
  let pen = { x: number(text, 'x'), y: number(text, 'y') };
  const start = { dx: length(text, 'dx'), dy: length(text, 'dy') };
  pen = { x: pen.x + start.dx, y: pen.y + start.dy };
  for (const node of [...text.childNodes]) {
    const span = node.nodeType === 1 ? (node as Element) : null;
    const words = (node.textContent ?? '').replace(/\s+/g, ' ');
    if (span) {
      if (span.hasAttribute('x')) pen = { ...pen, x: number(span, 'x') };
      if (span.hasAttribute('y')) pen = { ...pen, y: number(span, 'y') };
      pen = { x: pen.x + length(span, 'dx'), y: pen.y + length(span, 'dy') };
    }
    const from = span ?? text;
    const { path: data, width } = outline(words, faceOf(from), sizeOf(from));
    const anchor = { middle: 0.5, end: 1 }[inherited(from, 'text-anchor') ?? ''] ?? 0;
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', data);
    const y = pen.y + baseline(from);
    path.setAttribute('transform', `translate(${pen.x - anchor * width},${y})`);
    const fill = span?.getAttribute('fill');
    if (fill) path.setAttribute('fill', fill);
    group.append(path);
    pen = { ...pen, x: pen.x + (1 - anchor) * width };
  }
  text.replaceWith(group);
}

const number = (element: Element, name: string): number =>
  parseFloat(element.getAttribute(name) ?? '0') || 0;

function length(element: Element, name: string): number {
  const value = element.getAttribute(name) ?? '0';
  return (parseFloat(value) || 0) * (value.endsWith('em') ? sizeOf(element) : 1);
}

const sizeOf = (element: Element): number => parseFloat(inherited(element, 'font-size') ?? '12');

function faceOf(element: Element): Face {
  const weight = inherited(element, 'font-weight') ?? '400';
  return weight === 'bold' || Number(weight) >= 550 ? 'sans-bold' : 'sans';
}

/** How far below the point that the text hangs on its baseline lies. */
function baseline(element: Element): number {
  const kind = inherited(element, 'dominant-baseline') ?? 'auto';
  const ofSize = { middle: 0.25, central: 0.33, hanging: 0.72, 'text-before-edge': 0.9 }[kind] ?? 0;
  return ofSize * sizeOf(element);
}
