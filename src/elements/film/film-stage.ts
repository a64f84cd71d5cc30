// Where a figure is drawn for its film: off the screen, at the film's own size, with title and source around it.
import type { Figure, FigureHandle } from '../../figures/kit/figure.ts';
import type { SheetWords } from '../figure-export/exported.ts';
import { pictureSheet, titleType, wrapped } from '../figure-export/figure-sheet.ts';
import type { State } from '../layered-state.ts';
import { filmLayout, filmShapes, type FilmLayout, type FilmShape } from './film-shape.ts';
import type { FilmFrame } from './film-motion.ts';

export interface FilmedFigure<Data> {
  readonly figure: Figure<Data, State>;
  readonly data: Data;
  readonly state: State;
}

export class FilmStage<Data> {
  readonly canvas = document.createElement('canvas');
  readonly #holder = document.createElement('div');
  readonly #handle: FigureHandle<Data, State>;
  readonly #words: SheetWords;
  readonly #layout: FilmLayout;
  readonly #title: readonly string[];

  constructor({ figure, data, state }: FilmedFigure<Data>, shape: FilmShape, words: SheetWords) {
    const { width, height } = filmShapes[shape];
    Object.assign(this.canvas, { width, height });
    this.#words = words;
    this.#title = wrapped(words.title, width - 112, titleType(46));
    this.#layout = filmLayout(shape, this.#title.length);
    const { picture, scale } = this.#layout;
    const across = Math.round(picture.width / scale);
    this.#holder.className = 'film-stage live-drawing';
    this.#holder.style.width = `${across}px`;
    document.body.append(this.#holder);
    this.#handle = figure.draw(this.#holder, data, state, {
      width: across,
      height: Math.min(figure.height(across), Math.round(picture.height / scale)),
      interactive: true,
      reducedMotion: true,
    });
  }

  /** Draws one picture of the film onto the canvas. */
  async draw({ from, to, share }: FilmFrame): Promise<void> {
    // A figure without pictures in between shows the nearer of the two.
    this.#handle.update(share < 0.5 ? from : to);
    if (share > 0 && share < 1) this.#handle.pass?.(from, to, share);
    await new Promise(requestAnimationFrame);
    const { width, height } = this.canvas;
    const pen = this.canvas.getContext('2d')!;
    const sheet = pictureSheet(this.#holder, {
      size: { width, height },
      room: this.#layout.picture,
      title: { lines: this.#title, size: this.#layout.title, margin: this.#layout.margin },
      source: { lines: [this.#words.source], size: this.#layout.source },
    });
    const address = URL.createObjectURL(
      new Blob([new XMLSerializer().serializeToString(sheet)], { type: 'image/svg+xml' }),
    );
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      pen.drawImage(image, 0, 0, width, height);
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  destroy(): void {
    this.#handle.destroy();
    this.#holder.remove();
  }
}
