// Every step of every scrolly changes its picture: the still drawing of a step is another one than that of the step before.
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { keptSource } from '../../../src/site/gallery/kept-data.ts';
import { tagsIn, type MdxTag } from '../../../src/site/gallery/mdx-tags.ts';
import { figurePlaces } from '../../../src/site/gallery/places.ts';
import { drawStatic } from '../../../src/site/static-drawing.ts';

const folder = 'content/chapters';
const places = new Map(figurePlaces().map((place) => [place.name, place]));
const scrollies = globSync('*.mdx', { cwd: folder })
  .sort()
  .flatMap((file) => {
    const chapter = basename(file, '.mdx');
    return tagsIn(readFileSync(`${folder}/${file}`, 'utf8'), file)
      .filter(({ name }) => name === 'Scrolly')
      .map((tag) => ({ name: `${chapter}/${String(tag.attributes['id'])}`, tag }));
  });

const stateOf = ({ attributes }: MdxTag): object =>
  (attributes['state'] as object | undefined) ?? {};

/** What is seen of a drawing: its marks and words, without those for readers who do not see it. */
function seen(html: string): string {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  for (const element of document.querySelectorAll('[aria-label]')) {
    element.removeAttribute('aria-label');
  }
  for (const words of document.querySelectorAll('title, desc')) words.remove();
  // Ids of clip paths are counted up from drawing to drawing.
  return document.body.innerHTML.replaceAll(/(id="|#)[\w-]*\d+/g, '$1');
}

const marksIn = (html: string): number =>
  parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.querySelectorAll(
    'svg :is(path, circle, rect, line, polygon, image)',
  ).length;

describe('the steps of', () => {
  it('are those of more than ten scrollies', () => {
    expect(scrollies.length).toBeGreaterThan(10);
  });

  it.each(scrollies)('$name each change the picture', async ({ name, tag }) => {
    const place = places.get(name);
    if (!place) throw new Error(`The gallery has no place ${name}.`);
    const { data } = await keptSource(place);
    const drawings: { id: string; html: string }[] = [];
    for (const step of tag.inner.filter((inner) => inner.name === 'Step')) {
      const state = { ...stateOf(tag), ...stateOf(step) };
      const { html } = await drawStatic(place.figure, data, state, name);
      drawings.push({ id: String(step.attributes['id']), html });
      expect(marksIn(html), `marks of step '${String(step.attributes['id'])}'`).toBeGreaterThan(7);
    }
    const same = drawings
      .slice(1)
      .filter(({ html }, index) => seen(html) === seen(drawings[index]!.html))
      .map(({ id }) => id);
    expect(same, 'steps whose picture is that of the step before').toEqual([]);
  });
});
