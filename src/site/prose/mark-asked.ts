// Marks what a guess is about: a figure that keeps its finding to itself until its reader has guessed, or does not want to.

/** Figures, scrollies and widgets that a guess names get `data-asked` with the guess's id. */
export function markAsked(html: string): string {
  let marked = html;
  for (const [tag] of html.matchAll(/<atlas-guess\b[^>]*>/g)) {
    const guess = /\sid="([^"]+)"/.exec(tag)?.[1];
    const figure = /\sdata-figure="([^"]+)"/.exec(tag)?.[1];
    if (!guess || !figure) continue;
    const opening = new RegExp(
      `(<(?:figure|atlas-scrolly|section)\\b[^>]*\\sid="${escapeRegExp(figure)}")`,
    );
    marked = marked.replace(opening, `$1 data-asked="${guess}"`);
  }
  return marked;
}

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
