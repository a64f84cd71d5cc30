// Turns $...$ and $$...$$ into MathML while the page is built: no script, no font, no inline style in the page.
import katex from 'katex';
import type { MdastPluginDefinition } from 'satteri';

/** A formula in LaTeX, as MathML. Throws KaTeX's ParseError, which quotes the place of the mistake. */
export function renderMaths(latex: string, displayMode: boolean): string {
  return katex.renderToString(latex, { displayMode, output: 'mathml', strict: 'error' });
}

export function maths(): MdastPluginDefinition {
  return {
    name: 'maths',
    inlineMath: (node) => ({ raw: renderMaths(node.value, false), mdxExpressions: false }),
    math: (node) => ({ raw: renderMaths(node.value, true), mdxExpressions: false }),
  };
}
