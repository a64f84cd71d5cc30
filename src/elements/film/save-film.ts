// Films a figure in one of three shapes, says how far it has come, and hands the file to the reader's downloads.
import type { FigureControl } from '../../figures/kit/figure.ts';
import type { SheetWords } from '../figure-export/exported.ts';
import { saveFile } from '../save-file.ts';
import { encodeFilm } from './encode-film.ts';
import { filmMotion } from './film-motion.ts';
import { filmShapes, type FilmShape } from './film-shape.ts';
import { FilmStage, type FilmedFigure } from './film-stage.ts';

export interface FilmRequest<Data> extends FilmedFigure<Data> {
  readonly controls: readonly FigureControl[];
  readonly words: SheetWords;
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly shape: FilmShape;
  /** Hears of the share that is done, 0 to 1. */
  progressed(share: number): void;
  readonly signal: AbortSignal;
}

/** @throws Error with a sentence where there is nothing to film, or no way to. */
export async function saveFilm<Data>(request: FilmRequest<Data>): Promise<void> {
  const { figure, state, controls, words, name, shape, progressed, signal } = request;
  const motion = filmMotion({ state, controls, keys: Object.keys(figure.schema) });
  if (!motion) throw new Error('Nothing moves in this picture: save it as a poster instead.');
  const stage = new FilmStage(request, shape, words);
  try {
    const { frames } = motion;
    const { bytes, ending } = await encodeFilm(
      stage.canvas,
      frames.length,
      async (k) => {
        await stage.draw(frames[k]!);
        progressed((k + 1) / frames.length);
      },
      signal,
    );
    saveFile([bytes], `${name}-${filmShapes[shape].name.replace(':', 'x')}.${ending}`);
  } finally {
    stage.destroy();
  }
}
