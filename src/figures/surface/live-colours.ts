// The page's colours of a live surface, asked for once for a theme.
import { networkColour } from '../kit/palette.ts';
import { resolvedColours } from './css-colours.ts';
import { paper } from './surface-frame.ts';
import type { Vector } from './surface-model.ts';

/** Each as sRGB, 0 to 1. */
export interface Colours {
  readonly paper: Vector;
  readonly networks: readonly Vector[];
}

/** Asking the page for fifty colours at every step would be slow. */
export class LiveColours {
  #known: { readonly networks: string; readonly colours: Colours } | null = null;
  readonly #canvas: HTMLCanvasElement;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  forget(): void {
    this.#known = null;
  }

  of(networks: readonly number[]): Colours {
    const key = networks.join();
    if (this.#known?.networks !== key) {
      const wanted = [paper, ...networks.map(networkColour)];
      const colours = resolvedColours(this.#canvas.parentElement ?? this.#canvas, wanted);
      this.#known = {
        networks: key,
        colours: {
          paper: colours[0] as Vector,
          networks: colours.slice(1),
        },
      };
    }
    return this.#known.colours;
  }
}
