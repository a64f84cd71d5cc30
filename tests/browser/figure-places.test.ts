// What the pictures are taken of is what the built chapters show: the same figures, data and states, at the same widths; and the gallery stays at home.
import { globSync, readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '../../src/figures/kit/figure.ts';
import { figureEntry } from '../../src/site/figure-entry.ts';
import { figurePlaces, type FigurePlace } from '../../src/site/gallery/places.ts';
import { sitePaths } from './site-paths.ts';
import { builtChapters, openSite, type Site } from './site.ts';

type State = Record<string, unknown>;

const places = figurePlaces();
const chapterOf = (path: string): string => path.split('/')[1]!;
const documentOf = (path: string): Document =>
  parseHTML(readFileSync(`${sitePaths.folder}/${path}index.html`, 'utf8')).document;
const parse = (text: string | null): State => JSON.parse(text ?? '{}') as State;

/** Every picture of a page by what shows it: the figure's own state, those of its steps, and that after its guess. */
function picturesOn(document: Document) {
  return [...document.querySelectorAll('atlas-figure')].map((element) => {
    const frame = element.closest('atlas-scrolly, figure[id]');
    const own = parse(element.getAttribute('data-state'));
    const ground = parse(frame?.getAttribute('data-ground') ?? null);
    const steps = [...(frame?.querySelectorAll('.step') ?? [])].map((step) => ({
      ...ground,
      ...parse(step.getAttribute('data-state')),
    }));
    const guess = document.querySelector(`atlas-guess[data-figure="${frame?.id}"]`);
    const last = steps.at(-1) ?? own;
    const guessed = guess ? [{ ...last, ...guessIn(guess), revealed: true }] : [];
    return {
      id: frame?.id || element.getAttribute('data-figure'),
      figure: element.getAttribute('data-figure'),
      source: element.getAttribute('data-run') ?? element.getAttribute('data-study'),
      analyses: element.getAttribute('data-analyses') ?? '',
      states: sorted([own, ...steps, ...guessed]),
    };
  });
}

/** Where the slider stands first, or the first option. */
function guessIn(guess: Element): State {
  const scale = guess.getAttribute('data-scale');
  const key = guess.getAttribute('data-key') ?? 'guess';
  const first = JSON.parse(
    guess.querySelector('input')?.getAttribute('value') ?? 'null',
  ) as unknown;
  return { [key]: scale === null ? first : parse(scale)['start'] };
}

/** Each once: two steps may show one picture. */
const sorted = (states: readonly State[]): string[] =>
  [...new Set(states.map((state) => JSON.stringify(Object.entries(state).sort())))].sort();

async function pictureAt(place: FigurePlace) {
  const figure = (await figureEntry(place.figure, place.name).load()) as Figure<unknown, State>;
  return {
    id: place.name.split('/')[1],
    figure: place.figure,
    source: place.run ?? place.study,
    analyses: place.analyses.join(' '),
    states: sorted([...place.states.values()].map((state) => ({ ...figure.initial, ...state }))),
  };
}

describe.each(builtChapters())('the figures of /%s', (path) => {
  it('are those of the list, in the same states', async () => {
    const own = places.filter(({ chapter }) => chapter === chapterOf(path));
    expect(picturesOn(documentOf(path))).toEqual(await Promise.all(own.map(pictureAt)));
  });
});

describe('on a large screen', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  // One chapter has figures in its column, wide ones, and scrollies beside their steps; none has a full one today.
  it('a chapter gives its figures the widths that they are drawn at', async () => {
    const path = builtChapters().find((each) => each.includes('fifty-starts'))!;
    const own = places.filter(({ chapter }) => chapter === chapterOf(path));
    expect(new Set(own.map(({ width }) => width)).size).toBe(3);
    const { page, close } = await site.visit(path, { viewport: { width: 1440, height: 1400 } });
    const widths = await page.evaluate(() =>
      [...document.querySelectorAll('atlas-figure')].map((figure) => figure.clientWidth),
    );
    await close();
    expect(widths).toEqual(own.map(({ width }) => width));
  });
});

it('the gallery is no part of the built site', () => {
  expect(globSync('**/*gallery*', { cwd: sitePaths.folder })).toEqual([]);
  const served = globSync('{**/*.html,*.js,_headers,sitemap*}', { cwd: sitePaths.folder });
  expect(served.length).toBeGreaterThan(10);
  const naming = served.filter((file) =>
    readFileSync(`${sitePaths.folder}/${file}`, 'utf8').includes('/gallery'),
  );
  expect(naming).toEqual([]);
});
