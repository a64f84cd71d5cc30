// Marks what a guess is about: a figure that keeps its finding to itself until its reader has guessed, or does not want to.

/**
 * Figures, scrollies and widgets that a guess names get `data-asked` with the guess's id; one whose line on its honesty
 * would tell the answer gets `data-tells`.
 */
export function markAsked(html: string): string {
  let marked = html;
  for (const [tag] of html.matchAll(/<atlas-guess\b[^>]*>/g)) {
    const guess = valueOf(tag, 'id');
    for (const [source, mark] of marks) {
      const id = valueOf(tag, source);
      if (guess && id) marked = marked.replace(openingOf(id), `$1 ${mark}="${guess}"`);
    }
  }
  return marked;
}

/** What of a guess names a figure, and what that figure is marked with. */
const marks = [
  ['data-figure', 'data-asked'],
  ['data-spoiled-by', 'data-tells'],
] as const;

const valueOf = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]+)"`).exec(tag)?.[1];

const openingOf = (id: string): RegExp =>
  new RegExp(
    `(<(?:figure|atlas-scrolly|section)\\b[^>]*\\sid="${id.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}")`,
  );
