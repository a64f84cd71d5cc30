// The tags of a chapter's MDX with the values of their attributes, as its author wrote them.
import { runInNewContext } from 'node:vm';
import { mdxToMdast, type MdastNode } from 'satteri';

export interface MdxTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Tags inside it, at any depth, in their order. */
  readonly inner: readonly MdxTag[];
}

/** @param file for errors. Attributes must be literals: nothing of the chapter's scope is there to read. */
export function tagsIn(mdx: string, file: string): MdxTag[] {
  return tagsBelow(
    mdxToMdast(mdx, { features: { frontmatter: true, math: true }, position: false }),
    file,
  );
}

function tagsBelow(node: MdastNode, file: string): MdxTag[] {
  const children = 'children' in node ? (node.children as MdastNode[]) : [];
  return children.flatMap((child) => {
    const inner = tagsBelow(child, file);
    if (child.type !== 'mdxJsxFlowElement' && child.type !== 'mdxJsxTextElement') return inner;
    const attributes: Record<string, unknown> = {};
    for (const attribute of child.attributes) {
      if (attribute.type !== 'mdxJsxAttribute') continue;
      const { name, value } = attribute;
      attributes[name] = typeof value === 'object' && value ? literal(value.value, file) : value;
    }
    return [{ name: child.name ?? '', attributes, inner }, ...inner];
  });
}

function literal(expression: string, file: string): unknown {
  try {
    // By way of JSON, since an object of another context is no plain object here.
    return JSON.parse(JSON.stringify(runInNewContext(`(${expression})`))) as unknown;
  } catch {
    throw new Error(
      `The value {${expression}} in ${file} is no literal: keep it to texts, numbers and lists.`,
    );
  }
}
