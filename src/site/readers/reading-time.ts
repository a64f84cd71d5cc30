// How long a chapter takes to read: the words of its main text, by the pace of an adult who reads for interest.
import { mdxToMdast, type MdastNode } from 'satteri';

/** Words a minute: of English prose, silently (Brysbaert 2019, 238 of non-fiction), less what formulas and pictures take. */
const wordsPerMinute = 200;

/** Of an MDX text without its front matter: minutes, at least one. Notes count nothing, since they stand beside the text. */
export const readingMinutes = (mdx: string): number =>
  Math.max(1, Math.round(wordsIn(mdx) / wordsPerMinute));

/** A formula or a number that is read from a run counts as one word. */
export const wordsIn = (mdx: string): number =>
  textOf(mdxToMdast(mdx, { features: { frontmatter: true, math: true }, position: false })).match(
    /[\p{L}\p{N}]+(?:[’'.-][\p{L}\p{N}]+)*/gu,
  )?.length ?? 0;

/** Ends each piece with the space that it needs: a word may go on across emphasis, so only blocks do. */
function textOf(node: MdastNode): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'inlineMath' || node.type === 'math') return ' formula ';
  const isTag = node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
  if (isTag && node.name === 'Note') return '';
  if (isTag && (node.name === 'Value' || node.name === 'Cite')) return 'value';
  if (!('children' in node)) return '';
  const inner = (node.children as MdastNode[]).map(textOf).join('');
  return node.type === 'paragraph' || node.type === 'heading' ? `${inner} ` : inner;
}
