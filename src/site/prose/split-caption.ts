// Parts a caption into what stands under its figure, at most two sentences, and the rest, which the panel "About this picture" has.
import { parseHTML } from 'linkedom';

export interface SplitCaption {
  /** HTML of the first sentences. */
  readonly shown: string;
  /** HTML of the rest, as paragraphs; empty where nothing is left. */
  readonly rest: string;
}

export const mostSentences = 2;

/** What no reader sees where the sentence stands: cards that pop up, notes, LaTeX beside its formula. */
const unseen = '[popover], annotation, .note-body, .visually-hidden';

export function splitCaption(html: string, most = mostSentences): SplitCaption {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  const { body } = document;
  // Prose directly in the caption, without a blank line around it, has no paragraph of its own.
  if (!body.querySelector(':scope > p')) body.innerHTML = `<p>${body.innerHTML.trim()}</p>`;
  const rest = document.createElement('div');
  let left = most;
  for (const block of [...body.children]) {
    const ends = sentenceEnds(visibleText(block));
    if (left > 0 && ends.length <= left) left -= ends.length;
    else if (left <= 0) rest.append(block);
    else {
      const later = cutAfter(block, ends[left - 1] ?? 0);
      if (later.textContent.trim() !== '') rest.append(later);
      left = 0;
    }
  }
  return { shown: body.innerHTML.trim(), rest: rest.innerHTML.trim() };
}

/** How many sentences a reader sees in this HTML. */
export function countSentences(html: string): number {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  return sentenceEnds(visibleText(document.body)).length;
}

function visibleText(node: Node): string {
  if (node.nodeType === node.TEXT_NODE) return node.textContent ?? '';
  if (node.nodeType !== node.ELEMENT_NODE || (node as Element).matches(unseen)) return '';
  return [...node.childNodes].map(visibleText).join('');
}

/** Where each sentence of a text ends, its trailing space included; a fragment of no letter or digit belongs to the one before. */
function sentenceEnds(text: string): number[] {
  const ends: number[] = [];
  for (const { index, segment } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(
    text,
  )) {
    const end = index + segment.length;
    const before = text.slice(ends.at(-2) ?? 0, index);
    if (segment.trim() === '' || !/[\p{L}\p{N}]/u.test(segment) || !endsSentence(before)) {
      if (ends.length > 0) ends[ends.length - 1] = end;
      else if (segment.trim() !== '') ends.push(end);
    } else ends.push(end);
  }
  return ends;
}

/** A line break or an abbreviation parts no sentence. */
const endsSentence = (text: string): boolean =>
  text === '' ||
  (/[.!?…][”"’)\]]*\s*$/.test(text) && !/\b(e\.g|i\.e|cf|al|vs|Fig)\.\s*$/.test(text));

/** Cuts a block after so many visible characters, at the end of the child that holds that place; returns a twin with what follows. */
function cutAfter(block: Element, at: number): Element {
  const later = block.cloneNode(false) as Element;
  let passed = 0;
  for (const child of [...block.childNodes]) {
    const length = visibleText(child).length;
    const isBeyond = passed >= at && length > 0;
    if (isBeyond) later.append(child);
    else if (passed + length > at && child.nodeType === child.TEXT_NODE) {
      const text = child.textContent ?? '';
      child.textContent = text.slice(0, at - passed);
      later.append(block.ownerDocument.createTextNode(text.slice(at - passed)));
    } else if (passed >= at) later.append(child);
    passed += length;
  }
  return later;
}
