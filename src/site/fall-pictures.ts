// Still pictures of the fall for the title page: its first frame and its last, for wide screens and for upright ones.
import { parseHTML } from 'linkedom';
import sharp from 'sharp';
import { fallModel } from '../figures/fall/fall-model.ts';
import { fallState, type FallState } from '../figures/fall/fall-state.ts';
import { theFall } from '../figures/fall/the-fall.ts';
import { initialState } from '../figures/kit/state-fields.ts';
import { standAlone } from './cards/standalone-svg.ts';
import { readRun } from './readers/artifacts.ts';

export const fallPictures = {
  'first-wide': { at: 0, words: 'beside', width: 1440, height: 760 },
  'last-wide': { at: 1, words: 'beside', width: 1440, height: 760 },
  'first-tall': { at: 0, words: 'above', width: 430, height: 800 },
  'last-tall': { at: 1, words: 'above', width: 430, height: 800 },
} as const;

export type FallPicture = keyof typeof fallPictures;

/** What the dark scene gives the networks, in either theme. */
const variables = new Map([['--network-lightness', '0.8']]);
/** Upright screens are those of phones, which have more pixels to a CSS pixel. */
const pixelsOf = (width: number): number => (width < 600 ? 2 : 1.25);

/** A frame as SVG, in CSS pixels. */
export async function drawFallFrameAlone(name: FallPicture, place: string): Promise<string> {
  const { width, height, ...given } = fallPictures[name];
  const state: FallState = { ...initialState(fallState), ...given };
  const { document } = parseHTML('<!doctype html><html><body><div></div></body></html>');
  const container = document.querySelector('div') as unknown as HTMLElement;
  const environment = { width, height, interactive: false, reducedMotion: true };
  theFall.draw(container, await readRun('fifty', place), state, environment);
  const svg = container.querySelector('svg')!;
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  standAlone(svg, [], variables);
  return svg.outerHTML;
}

export async function fallPicture(name: FallPicture, place: string): Promise<Buffer> {
  const { width } = fallPictures[name];
  return sharp(Buffer.from(await drawFallFrameAlone(name, place)), {
    density: 72 * pixelsOf(width),
    unlimited: true,
  })
    .webp({ quality: 72, effort: 5 })
    .toBuffer();
}

/** For the sentences beside it: what the picture shows, read from the run. */
export async function fallFacts(place: string) {
  const run = await readRun('fifty', place);
  const model = fallModel(run);
  if (typeof model === 'string')
    throw new Error(`The title page has no fall to show (${place}): ${model}`);
  return { run, model };
}
