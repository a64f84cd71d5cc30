// The figures of a chapter's MDX, found in its text: what they draw, how, and what they say.

export interface FigureTag {
  readonly figure: string;
  readonly id: string | null;
  /** The run or study. */
  readonly source: string;
  readonly analyses: readonly string[];
  readonly state: Readonly<Record<string, unknown>>;
  readonly title: string;
}

const tags = /<(?:Figure|Scrolly)\s([^>]*)>([\s\S]*?)<\/(?:Figure|Scrolly)>/g;

/** @param file for errors. */
export function figuresIn(mdx: string, file: string): FigureTag[] {
  return [...mdx.matchAll(tags)].map(([, attributes = '', body = '']) => {
    const text = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? null;
    const figure = text('figure');
    const source = text('run') ?? text('study');
    if (figure === null || source === null)
      throw new Error(`A figure of ${file} names no figure or no run or study: ${attributes}`);
    const slot = /<Fragment slot="title">([\s\S]*?)<\/Fragment>/.exec(body)?.[1];
    return {
      figure,
      id: text('id'),
      source,
      analyses: (text('analyses') ?? '').split(/\s+/).filter((name) => name !== ''),
      state: stateIn(/\bstate=\{(\{[^}]*\})\}/.exec(attributes)?.[1] ?? '{}', file),
      title: plainText(text('title') ?? slot ?? figure),
    };
  });
}

/** States are plain literals; as JSON they want double quotes. */
function stateIn(literal: string, file: string): Record<string, unknown> {
  const json = literal
    .replace(/'([^'"]*)'/g, '"$1"')
    .replace(/([{,]\s*)([A-Za-z]\w*)\s*:/g, '$1"$2":')
    .replace(/,\s*([}\]])/g, '$1');
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    throw new Error(
      `The state ${literal} in ${file} is no plain literal: keep it to texts, numbers and lists.`,
    );
  }
}

const plainText = (mdx: string): string =>
  mdx
    .replace(/<[^>]*>/g, '')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
