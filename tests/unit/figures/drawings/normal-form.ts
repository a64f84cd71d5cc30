// A drawing as text that can be compared and read: an element a line, attributes in order, coordinates to a hundredth of a pixel.
import { parseHTML } from 'linkedom';

const geometry = new Set(
  'cx cy d dx dy fx fy height points r rx ry viewbox width x x1 x2 y y1 y2'.split(' '),
);
/** A factor acts on coordinates of hundreds. */
const decimalsOfFactors = 5;

/** @param html of a drawing, from linkedom or from a browser. */
export function normalForm(html: string): string {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  return linesOf(document.body.childNodes, '').join('\n');
}

function linesOf(nodes: Iterable<Node>, indent: string): string[] {
  return [...nodes].flatMap((node) => {
    if (node.nodeType === 3) {
      const text = (node.textContent ?? '').trim();
      return text === '' ? [] : [`${indent}${text}`];
    }
    if (node.nodeType !== 1) return [];
    const element = node as Element;
    const name = element.localName.toLowerCase();
    const inner = linesOf(element.childNodes, `${indent}  `);
    // A layer in which nothing stands is no part of the picture.
    if (name === 'g' && inner.length === 0) return [];
    return [`${indent}<${[name, ...attributesOf(element, indent)].join(' ')}>`, ...inner];
  });
}

function attributesOf(element: Element, indent: string): string[] {
  const values = new Map<string, string>();
  for (const name of element.getAttributeNames()) {
    const value = element.getAttribute(name) ?? '';
    // A page's policy takes properties as attributes, and so they stand in the HTML: both are the same picture.
    if (name === 'style') for (const [key, each] of declarations(value)) values.set(key, each);
    else values.set(name.toLowerCase(), value);
  }
  return [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}="${rounded(name, value, indent)}"`);
}

const declarations = (style: string): [string, string][] =>
  style
    .split(';')
    .map((declaration): [string, string] => {
      const colon = declaration.indexOf(':');
      return [declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()];
    })
    .filter(([name]) => name !== '');

function rounded(name: string, value: string, indent: string): string {
  if (name === 'transform') return round(value, decimalsOfFactors);
  if (!geometry.has(name)) return value;
  const short = round(value, 2);
  // A difference in one of many lines is then one line of the text.
  return name === 'd' && short.length > 100
    ? short.replaceAll(/(?!^)M/g, `\n${indent}    M`)
    : short;
}

const round = (text: string, decimals: number): string =>
  text.replaceAll(/-?\d*\.\d+(e[-+]?\d+)?/g, (number) =>
    String(Number(Number(number).toFixed(decimals)) || 0),
  );
