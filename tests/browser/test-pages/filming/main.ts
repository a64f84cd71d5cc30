// A short film of the walk on two weights, in the page: what it is made of, and its file.
import '../../../../src/styles/index.css';
import { encodeFilm } from '../../../../src/elements/film/encode-film.ts';
import { filmMotion } from '../../../../src/elements/film/film-motion.ts';
import type { FilmShape } from '../../../../src/elements/film/film-shape.ts';
import { FilmStage } from '../../../../src/elements/film/film-stage.ts';
import { posterOf } from '../../../../src/elements/figure-export/poster.ts';
import { surfaceGrid } from '../../../../src/elements/two-weights/two-weights-walk.ts';
import type { Figure } from '../../../../src/figures/kit/figure.ts';
import { twoWeightsMap } from '../../../../src/figures/two-weights/two-weights-map.ts';
import type { TwoWeightsMapData } from '../../../../src/figures/two-weights/two-weights-map-scene.ts';
import type { State } from '../../../../src/elements/layered-state.ts';

const walk = [
  [1.9, -1.6],
  [1.5, -0.9],
  [1.2, -0.2],
  [1, 0.5],
  [1.05, 0.9],
] as const;

const data: TwoWeightsMapData = {
  ...surfaceGrid(2.5, 41),
  valleys: [],
  walk,
  losses: walk.map(([a, b]) => (a * b - 1) ** 2 / 2),
  diverged: false,
  flow: walk,
};

const words = {
  title: 'A walk on two weights',
  caption: 'It settles.',
  source: 'Loss Atlas, test.',
};
const filmed = {
  figure: twoWeightsMap as unknown as Figure<TwoWeightsMapData, State>,
  data,
  state: { ...twoWeightsMap.initial } as State,
};
const controls = [
  {
    key: 'until',
    name: 'Step',
    kind: 'play',
    options: walk.map((_, step) => ({ value: step, text: String(step) })),
  },
] as const;

const base64 = (bytes: ArrayBuffer): string =>
  btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''));

/** Every 20th picture of a film, as a file; and how much of the picture two of them share. */
async function film(shape: FilmShape) {
  const motion = filmMotion({ state: filmed.state, controls, keys: Object.keys(filmed.state) })!;
  const frames = motion.frames.filter((_, k) => k % 20 === 0);
  const stage = new FilmStage(filmed, shape, words);
  const seen: string[] = [];
  try {
    const { bytes, ending } = await encodeFilm(
      stage.canvas,
      frames.length,
      async (k) => {
        await stage.draw(frames[k]!);
        seen.push(stage.canvas.toDataURL('image/jpeg', 0.5));
      },
      new AbortController().signal,
    );
    const different = new Set(seen).size;
    return { ending, count: frames.length, different, last: seen.at(-1)!, bytes: base64(bytes) };
  } finally {
    stage.destroy();
  }
}

const poster = (): string =>
  new XMLSerializer().serializeToString(posterOf({ ...filmed, words, name: 'x' }));

/** What is left in the page of places to draw in. */
const leftovers = (): number => document.querySelectorAll('.film-stage').length;

Object.assign(window, { film, poster, leftovers });
