// The pictures of a two-weight walk: its map or, in its place, its surface, and below them what becomes of it at every step size.
import type { Figure } from '../../figures/kit/figure.ts';
import {
  twoWeightsMap,
  type TwoWeightsMapData,
  type TwoWeightsMapState,
} from '../../figures/two-weights/two-weights-map.ts';
import {
  twoWeightsStrides,
  type TwoWeightsStridesData,
  type TwoWeightsStridesState,
} from '../../figures/two-weights/two-weights-strides.ts';
import type {
  TwoWeightsSurfaceData,
  TwoWeightsSurfaceState,
} from '../../figures/two-weights/two-weights-surface.ts';
import { FigureHost, type FigureCompanion } from '../figure-host.ts';
import { extent, stepSizes, type ShownWalk } from './shown-walk.ts';
import { stridesFrom, surfaceGrid, valleyLines } from './two-weights-walk.ts';

/** Losses above are cut flat in the view from the side. */
const ceiling = 5;
const grid = surfaceGrid(extent, 121);
const valleys = valleyLines(extent);

type Look = 'map' | 'surface';

export class WalkPictures {
  readonly #root: HTMLElement;
  readonly #seen: HTMLElement;
  readonly #mapPlace: HTMLElement;
  readonly #surfacePlace: HTMLElement;
  readonly #map: FigureHost<TwoWeightsMapData, TwoWeightsMapState>;
  readonly #strides: FigureHost<TwoWeightsStridesData, TwoWeightsStridesState>;
  #surface: FigureHost<TwoWeightsSurfaceData, TwoWeightsSurfaceState> | null = null;
  #shown: ShownWalk;
  #fates: ReturnType<typeof stridesFrom>;
  #look: Look = 'map';
  /** Where the reader looks at the surface from; null is the usual place. */
  #eye: string | null = null;

  /**
   * @param root holds the places of the pictures.
   * @param seen who is near the screen when the pictures are drawn.
   * @param signal ends its listening.
   */
  constructor(root: HTMLElement, seen: HTMLElement, shown: ShownWalk, signal: AbortSignal) {
    this.#root = root;
    this.#seen = seen;
    this.#shown = shown;
    this.#fates = stridesFrom(shown.start, stepSizes);
    const place = (name: string): HTMLElement =>
      root.querySelector<HTMLElement>(`[data-place="${name}"]`)!;
    [this.#mapPlace, this.#surfacePlace] = [place('map'), place('surface')];
    this.#map = this.#hostIn(this.#mapPlace);
    this.#strides = this.#hostIn(place('strides'));
    for (const look of ['map', 'surface'] as const)
      this.#option(look).addEventListener('change', () => void this.#lookFrom(look), { signal });
  }

  /** Draws them. @param playback is stopped out of sight. */
  draw(playback: FigureCompanion<unknown>): void {
    this.#map.draw(twoWeightsMap, this.#mapData(), this.#mapState());
    this.#map.accompany(playback);
    this.#strides.draw(twoWeightsStrides, this.#stridesData(), this.#stridesState());
  }

  show(shown: ShownWalk): void {
    const { start } = this.#shown;
    if (shown.start[0] !== start[0] || shown.start[1] !== start[1])
      this.#fates = stridesFrom(shown.start, stepSizes);
    this.#shown = shown;
    if (this.#look === 'map') this.#map.show(this.#mapState(), this.#mapData());
    else this.#surface?.show(this.#surfaceState(), this.#surfaceData());
    this.#strides.show(this.#stridesState(), this.#stridesData());
  }

  destroy(): void {
    this.#map.destroy();
    this.#surface?.destroy();
    this.#strides.destroy();
  }

  /** A surface stands as tall as the map that it takes the place of. */
  #hostIn<Data, State extends object>(element: HTMLElement): FigureHost<Data, State> {
    return new FigureHost<Data, State>({
      element,
      sized: this.#root,
      seen: this.#seen,
      size: (figure) => this.#sizeOf(element === this.#surfacePlace ? twoWeightsMap : figure),
      surface: { driver: this.#surfaceDriver, isAskedFor: true },
    });
  }

  #sizeOf(figure: Pick<Figure<never, never>, 'height'> | null) {
    const width = Math.floor(this.#root.clientWidth);
    return { width, height: figure?.height(width) ?? 0 };
  }

  get #surfaceDriver() {
    const state = () => ({ eye: this.#eye });
    return {
      get state() {
        return state();
      },
      choose: ({ eye }: Readonly<Record<string, unknown>>): void => {
        this.#eye = typeof eye === 'string' ? eye : null;
        this.show(this.#shown);
      },
    };
  }

  async #lookFrom(look: Look): Promise<void> {
    this.#see(look);
    if (look === 'surface' && this.#surface === null) {
      try {
        await this.#openSurface();
      } catch (error) {
        // The map is there in any case.
        this.#see('map');
        this.#option('map').checked = true;
        throw error;
      }
    }
    if (this.#root.isConnected) this.show(this.#shown);
  }

  #see(look: Look): void {
    this.#look = look;
    this.#mapPlace.hidden = look !== 'map';
    this.#surfacePlace.hidden = look !== 'surface';
  }

  async #openSurface(): Promise<void> {
    const { twoWeightsSurface } = await import('../../figures/two-weights/two-weights-surface.ts');
    if (!this.#root.isConnected || this.#surface !== null) return;
    this.#surface = this.#hostIn(this.#surfacePlace);
    this.#surface.draw(twoWeightsSurface, this.#surfaceData(), this.#surfaceState(), true);
  }

  #option(look: Look): HTMLInputElement {
    return this.#root.querySelector<HTMLInputElement>(`input[value="${look}"]`)!;
  }

  #mapData(): TwoWeightsMapData {
    const { points, losses, diverged, flow } = this.#shown.walk;
    return { ...grid, valleys, walk: points, losses, diverged, flow };
  }

  #mapState(): TwoWeightsMapState {
    return { until: this.#shown.until };
  }

  #surfaceData(): TwoWeightsSurfaceData {
    const { points, diverged } = this.#shown.walk;
    return { paths: [{ points, diverged }], extent, ceiling };
  }

  #surfaceState(): TwoWeightsSurfaceState {
    return { until: Math.floor(this.#shown.until), selected: null, eye: this.#eye };
  }

  #stridesData(): TwoWeightsStridesData {
    const { stepSize, walk } = this.#shown;
    return { ...this.#fates, stepSize, criticalStepSize: walk.criticalStepSize };
  }

  #stridesState(): TwoWeightsStridesState {
    return { guess: this.#shown.guess };
  }
}
