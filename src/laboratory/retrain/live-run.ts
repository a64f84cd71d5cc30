// A run as it grows: puts the worker's messages together into what every figure draws.
import type {
  Boundaries,
  ConvergenceStatistics,
  Curves,
  Experiment,
  Landscape,
  PreparedData,
  RunDisplay,
} from '../../artifact/display.ts';
import type {
  OneBoundary,
  Positions,
  Surface,
  FinishedRun,
  TrainingFrame,
} from '../../worker/run/run-messages.ts';
import { CurveLog } from './curve-log.ts';

/** Points that all paths together may have: more would slow the page and show no more. */
const mostPathPoints = 3000;

export class LiveRun {
  /** As it is now: a reader may change learning rate and epochs on the way. */
  experiment: Experiment;
  readonly data: PreparedData;
  readonly #curves: CurveLog;
  readonly #networks: number;
  provider: string;
  #statistics: ConvergenceStatistics | null = null;
  #surface: Surface | null;
  #positions: Positions[] = [];
  #stride = 1;
  #frames = 0;
  #boundaries: Boundaries | null = null;
  #landscape: Landscape | null = null;

  /** @param surface of a plane that is known before training; null where the worker will send one. */
  constructor(
    experiment: Experiment,
    data: PreparedData,
    provider: string,
    surface: Surface | null,
  ) {
    this.experiment = experiment;
    this.data = data;
    this.provider = provider;
    this.#networks = experiment.initialisations;
    this.#surface = surface;
    this.#curves = new CurveLog(this.#networks);
  }

  addSurface(surface: Surface): void {
    this.#surface = surface;
  }

  addFrame({ newRecords, statistics, positions, boundary }: TrainingFrame): void {
    this.#curves.append(newRecords);
    if (statistics) this.#statistics = statistics;
    if (positions) this.#addPositions(positions);
    if (boundary) this.#addBoundary(boundary);
  }

  finish({ frame, boundaries, landscape, provider }: FinishedRun): void {
    this.addFrame(frame);
    this.provider = provider;
    if (boundaries) this.#boundaries = boundaries;
    this.#landscape = landscape;
  }

  /** What was computed of the finished weights; null where they have gone on since. */
  set landscape(landscape: Landscape | null) {
    this.#landscape = landscape;
  }

  /** Null before the first frame. */
  display(): RunDisplay | null {
    if (!this.#statistics) return null;
    return {
      experiment: this.experiment,
      provider: this.provider,
      data: this.data,
      curves: this.#curves.view(),
      statistics: this.#statistics,
      boundaries: this.#boundaries,
      landscape: this.#landscape ?? this.#growingLandscape(),
    };
  }

  /** Training losses as last recorded, `[N]`. */
  get lastLosses(): Float32Array {
    return this.#curves.lastLosses();
  }

  get curves(): Curves {
    return this.#curves.view();
  }

  /** Keeps every `stride`th position, and the newest. */
  #addPositions(positions: Positions): void {
    if (this.#frames++ % this.#stride !== 0 && this.#positions.length > 1) {
      this.#positions[this.#positions.length - 1] = positions;
      return;
    }
    this.#positions.push(positions);
    const most = Math.max(8, Math.floor(mostPathPoints / this.#networks));
    if (this.#positions.length > most) {
      this.#positions = this.#positions.filter((_, i) => i % 2 === 0);
      this.#stride *= 2;
    }
  }

  #addBoundary({ network, boundary }: OneBoundary): void {
    const points = boundary.size ** 2;
    const known = this.#boundaries;
    const classes = known?.classes ?? new Uint8Array(this.#networks * points);
    const probability = known?.probability ?? new Float32Array(this.#networks * points).fill(NaN);
    classes.set(boundary.classes, network * points);
    probability.set(boundary.probability, network * points);
    // Another object each time, so that a figure sees that it has changed.
    this.#boundaries = { ...boundary, classes, probability };
  }

  #growingLandscape(): Landscape | null {
    const surface = this.#surface;
    const positions = this.#positions;
    if (!surface || positions.length === 0) return null;
    const joined = (of: (one: Positions) => Float32Array, width: number) => {
      const all = new Float32Array(positions.length * this.#networks * width);
      positions.forEach((one, s) => all.set(of(one), s * this.#networks * width));
      return all;
    };
    return {
      ...surface,
      snapshotSteps: Int32Array.from(positions, ({ step }) => step),
      coordinates: joined((one) => one.coordinates, 2),
      offPlane: joined((one) => one.offPlane, 1),
      trueLoss: joined((one) => one.trueLoss, 1),
      planeLoss: joined((one) => one.planeLoss, 1),
    };
  }
}
