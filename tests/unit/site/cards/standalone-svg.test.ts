// A drawing for a card needs nothing of the page: no style, no variable, no font.
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { breakLines, outline } from '../../../../src/site/cards/fonts.ts';
import {
  readRules,
  readVariables,
  resolve,
  standAlone,
} from '../../../../src/site/cards/standalone-svg.ts';

const css = `
/* comment { } */
:root { --ink: #102030; --lightness: 0.5; }
@media (prefers-color-scheme: dark) { :root { --ink: #fff; } }
.chart text { fill: var(--ink); font-size: 12px; }
.chart text.strong, .chart .bold { font-weight: 650; fill: #abcdef }
.chart .line:hover { fill: red }
`;
const variables = readVariables(css);
const rules = readRules(css);
const drawn = (inner: string) => {
  const { document } = parseHTML(`<body><svg class="chart">${inner}</svg></body>`);
  const svg = document.querySelector('svg')!;
  const leftOut = standAlone(svg, rules, variables);
  return { svg, leftOut };
};

test('variables are the light theme’s, with fallbacks, one in another', () => {
  expect(resolve('var(--ink)', variables)).toBe('#102030');
  expect(resolve('var(--none, var(--ink))', variables)).toBe('#102030');
  expect(resolve('var(--none, #fff)', variables)).toBe('#fff');
});

test('colours are those that a rasteriser knows', () => {
  // Pure red in OKLCH.
  expect(resolve('oklch(0.62796 0.25768 29.234)', variables)).toBe('#ff0000');
  expect(resolve('oklch(var(--lightness) 0 0)', variables)).toBe('#636363');
});

test('the more specific rule holds, and states of a pointer are left out', () => {
  const { svg } = drawn('<text class="strong">a</text><path class="line" fill="blue"></path>');
  expect(svg.querySelector('g')!.getAttribute('fill')).toBe('#abcdef');
  expect(svg.querySelector('path.line, path[fill=blue]')).not.toBeNull();
});

test('text becomes outlines at its place, by its anchor', () => {
  const { svg } = drawn('<text x="100" y="20" text-anchor="middle">mm</text>');
  expect(svg.querySelector('text')).toBeNull();
  const [, x, y] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(
    svg.querySelector('g path')!.getAttribute('transform')!,
  )!;
  expect(Number(x)).toBeCloseTo(100 - outline('mm', 'sans', 12).width / 2, 6);
  expect(Number(y)).toBe(20);
});

test('a text with a sign that no file has is left out whole, and named', () => {
  const { svg, leftOut } = drawn('<text>1 漢</text><text>2</text>');
  expect(leftOut).toEqual([expect.stringContaining("'漢' (U+6F22)")]);
  expect(svg.querySelectorAll('g')).toHaveLength(1);
});

test('an exponent stands small and high; no outline holds a number that is none', () => {
  const power = outline('10⁻⁴', 'sans', 100);
  expect(power.width).toBeGreaterThan(outline('10', 'sans', 100).width);
  expect(power.width).toBeLessThan(outline('10−4', 'sans', 100).width);
  for (const face of ['serif', 'serif-bold', 'serif-italic', 'sans', 'sans-bold'] as const) {
    const { path } = outline('Networks, 0123456789 “quoted” · ×λ', face, 68);
    expect(path).toMatch(/^[MLQCZ0-9. -]+$/);
  }
});

test('lines break at spaces and are no wider than the column', () => {
  const lines = breakLines('The quick brown fox jumps over the lazy dog', 'serif', 20, 150);
  expect(lines.join(' ')).toBe('The quick brown fox jumps over the lazy dog');
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(outline(line, 'serif', 20).width).toBeLessThanOrEqual(150);
});
