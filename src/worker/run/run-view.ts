// What a page watches while networks train: where they are on a plane, what one of them answers, how all of them fare.
import type { Executor } from '../../engine/runtime/executor.ts';
import { boundaryGrid, buildBoundaries, hasBoundaries } from '../../landscape/build-boundaries.ts';
import { projectOntoPlane } from '../../landscape/plane.ts';
import { convergenceStatistics } from '../../landscape/statistics.ts';
import { createPredictor, type Evaluation } from '../../learning/evaluator.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { parameterCount, type NetworkShape } from '../../learning/network-shape.ts';
import type { RunRecords } from '../../learning/recorder.ts';
import type { PreparedData } from '../../learning/samples.ts';
import type { TrainingProgress } from '../../learning/trainer.ts';
import { boundarySize } from '../limits.ts';
import {
  planeOfStarts,
  positionsOn,
  sketchSize,
  sketchSurface,
  type LivePlane,
} from './live-plane.ts';
import { MapWindow } from './map-window.ts';
import type { KnownPlane, OneBoundary, Positions, Surface, TrainingFrame } from './run-messages.ts';
import { lastLosses, recordsFrom } from './records.ts';

/** Resampling for intervals takes long, so statistics are renewed only this often while training. */
const statisticsEvery = 1000;

export interface RunViewOptions {
  readonly experiment: Experiment;
  readonly data: PreparedData;
  readonly network: NetworkShape;
  readonly executor: Executor;
  /** On the training part. */
  readonly evaluate: (weights: Float32Array) => Promise<Evaluation>;
  /** `[N, P]`: where training began. */
  readonly starts: Float32Array;
  /** Null: the walkers are watched on the plane of their starts' own PCA. */
  readonly knownPlane: KnownPlane | null;
  /** Takes the surface of a plane that the page does not have, and again where walkers leave what is drawn. */
  readonly showSurface: (surface: Surface) => Promise<void>;
}

/** A run as it is now. */
export interface Moment {
  readonly progress: TrainingProgress;
  readonly records: RunRecords;
  /** `[N, P]`. */
  readonly weights: Float32Array;
  /** The network whose boundary is drawn. */
  readonly selected: number | null;
  /** Statistics are then made however recent the last are: for a moment at which the page stays. */
  readonly isResting?: boolean;
}

/** What of a frame is seen of the networks; the rest is the trainer's. */
export type ViewFrame = Omit<TrainingFrame, 'learningRate' | 'divergedAt' | 'silentUnits'>;

export interface RunView {
  /** With the records that no frame has had yet. */
  frame(moment: Moment): Promise<ViewFrame>;
  dispose(): void;
}

/** Finds the plane and draws its surface, where the page does not have them. */
export async function openRunView(options: RunViewOptions): Promise<RunView> {
  const { experiment, data, network, executor, evaluate, starts } = options;
  const networks = experiment.initialisations;
  const parameters = parameterCount(network);
  let sentRecords = 0;
  let statisticsAt = -Infinity;
  const map = await openMap();
  const predictor = hasBoundaries(data)
    ? await createPredictor({
        executor,
        network,
        inputs: boundaryGrid(data, boundarySize).inputs,
        count: boundarySize ** 2,
        // The least budget there is makes chunks of one network: one boundary is drawn at a time.
        memoryBudget: 1,
      })
    : null;

  /** Null where nothing varies. */
  async function openMap(): Promise<{ live: LivePlane; window: MapWindow } | null> {
    const { knownPlane } = options;
    if (knownPlane && knownPlane.plane.origin.length === parameters) {
      const { plane, xs, ys, facts } = knownPlane;
      return { live: { plane, facts }, window: new MapWindow(xs, ys) };
    }
    if (networks < 3 || parameters < 2) return null;
    const live = planeOfStarts(starts, networks);
    const window = MapWindow.around(projectOntoPlane(live.plane, starts).coordinates);
    await sendSurface(live, window);
    return { live, window };
  }

  async function sendSurface(live: LivePlane, window: MapWindow): Promise<void> {
    const size = sketchSize(parameters, data.train.count);
    await options.showSurface(await sketchSurface(live, window, size, evaluate));
  }

  async function positions({ progress, records, weights }: Moment): Promise<Positions | null> {
    if (!map) return null;
    const { curves } = records;
    // Between two records the losses of the last one are not those of these weights.
    const losses =
      curves.steps.at(-1) === progress.step ? lastLosses(curves) : (await evaluate(weights)).loss;
    const found = await positionsOn(map.live.plane, weights, losses, progress.step, evaluate);
    if (map.window.include(found.coordinates)) await sendSurface(map.live, map.window);
    return found;
  }

  async function boundary({ weights, selected: n }: Moment): Promise<OneBoundary | null> {
    if (!predictor || n === null || n >= networks) return null;
    const drawn = await buildBoundaries({
      predict: (one) => predictor.predict(one),
      data,
      networks: 1,
      weights: weights.slice(n * parameters, (n + 1) * parameters),
      size: boundarySize,
    });
    return { network: n, boundary: drawn };
  }

  return {
    async frame(moment) {
      const { curves, divergedAt } = moment.records;
      const newRecords = recordsFrom(curves, sentRecords);
      sentRecords = curves.steps.length;
      const now = performance.now();
      const isDue = moment.isResting || now - statisticsAt >= statisticsEvery;
      if (isDue) statisticsAt = now;
      return {
        ...moment.progress,
        newRecords,
        statistics: isDue ? convergenceStatistics(curves, experiment, divergedAt) : null,
        positions: await positions(moment),
        boundary: await boundary(moment),
      };
    },
    dispose: () => predictor?.dispose(),
  };
}
