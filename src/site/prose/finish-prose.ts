// What only the whole chapter knows, put into its HTML: the numbers of notes, unique ids, and which works are cited.
import { markAsked } from './mark-asked.ts';

/** Characters of a note that stands whole in the margin, about seven lines: a longer one would outlast its paragraph. */
const mostInMargin = 260;

export interface FinishedProse {
  readonly html: string;
  /** Keys of the references cited. */
  readonly cited: ReadonlySet<string>;
}

export function finishProse(rendered: string): FinishedProse {
  let html = attachNotes(rendered);
  let notes = 0;
  html = html.replace(/<!--note-->([\s\S]*?)<!--\/note-->/g, (_, note: string) => {
    notes += 1;
    const numbered = note.replaceAll('⟦note⟧', String(notes));
    const isLong = lengthOf(numbered) > mostInMargin;
    return isLong ? numbered.replace('<span class="note">', '<span class="note long">') : numbered;
  });
  let terms = 0;
  html = html.replace(/popovertarget="⟦id⟧"([\s\S]*?)id="⟦id⟧"/g, (_, between: string) => {
    terms += 1;
    return `popovertarget="term-${terms}"${between}id="term-${terms}"`;
  });
  const cited = new Set<string>();
  for (const [, key] of html.matchAll(/data-cite="([^"]+)"/g)) if (key) cited.add(key);
  requireUniqueIds(html);
  requirePictures(html);
  html = markAsked(html);
  return { html, cited };
}

/** How many characters a reader sees of this HTML: without LaTeX, and without cards that pop up. */
const lengthOf = (html: string): number =>
  html
    .replace(/<annotation[\s\S]*?<\/annotation>|<span class="term-definition"[\s\S]*?<\/span>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ').length;

/** A note written on a line of its own belongs to the paragraph before it: its number stands at that paragraph's end. */
function attachNotes(html: string): string {
  const loose = /<\/p>\s*(<!--note-->(?:(?!<!--note-->)[\s\S])*?<!--\/note-->)/g;
  return html.replace(loose, '$1</p>').replace(/<\/math>\s*<!--note-->/g, '</math><!--note-->');
}

/** An address that means two places means none. */
function requireUniqueIds(html: string): void {
  const seen = new Set<string>();
  for (const [, id] of html.matchAll(
    /<(?:section|figure|atlas-scrolly|h[2-4])\b[^>]*\sid="([^"]+)"/g,
  )) {
    if (!id) continue;
    if (seen.has(id)) {
      throw new Error(
        `The id '${id}' is used twice in one chapter: give each figure, step and heading its own.`,
      );
    }
    seen.add(id);
  }
}

/** Words and guesses that drive a picture need one to drive. */
function requirePictures(html: string): void {
  const pictures = new Set(
    [...html.matchAll(/<(?:figure|atlas-scrolly|section)\b[^>]*\sid="([^"]+)"/g)].map(
      ([, id]) => id,
    ),
  );
  for (const [, tag, id] of html.matchAll(
    /<(atlas-show|atlas-guess)\b[^>]*\sdata-(?:in|figure)="([^"]*)"/g,
  )) {
    if (id !== undefined && pictures.has(id)) continue;
    const name = tag === 'atlas-show' ? '<Show in>' : '<Guess figure>';
    throw new Error(
      `${name} names the figure '${id}', which this chapter does not have: give the id of a <Figure> or <Scrolly>.`,
    );
  }
}
