// One run from its data to its landscape: trains, sends frames that the page keeps up with, and draws the land at the end.
import type { Executor } from '../engine/runtime/executor.ts';
import { boundaryGrid, buildBoundaries, hasBoundaries } from '../landscape/build-boundaries.ts';
import { buildLandscape } from '../landscape/build-landscape.ts';
import type { Landscape } from '../landscape/landscape.ts';
import { convergenceStatistics } from '../landscape/statistics.ts';
import { createEvaluator, createPredictor } from '../learning/evaluator.ts';
import type { TrainingHistory } from '../learning/history.ts';
import { checkMemory } from '../learning/memory.ts';
import { parameterCount } from '../learning/network-shape.ts';
import { prepareData, type DataSources } from '../learning/prepare-data.ts';
import type { RunRecords } from '../learning/recorder.ts';
import { createTrainer, type TrainingProgress } from '../learning/trainer.ts';
import { breathe } from './yield-to-tasks.ts';
import { weightsChecksum } from './checksum.ts';
import { FramePacer } from './frame-pacer.ts';
import { historyToNow } from './history-to-now.ts';
import { boundarySize, pageMemory, witness } from './limits.ts';
import type { Listener, TrainedRun, TrainingFrame, TrainRequest } from './messages.ts';
import type { RunControl } from './run-control.ts';
import { openRunView } from './run-view.ts';

export interface RunHome {
  readonly executor: Executor;
  readonly sources: DataSources;
  readonly control: RunControl;
  readonly listener: Listener;
}

/** @throws Abandoned where the reader reset it; what the engine throws. */
export async function trainRun(request: TrainRequest, home: RunHome): Promise<TrainedRun> {
  const { experiment } = request;
  const { executor, control, listener } = home;
  const memoryBudget = pageMemory.chunk;
  const disposables: { dispose(): void }[] = [];
  const kept = <T extends { dispose(): void }>(made: T): T => {
    disposables.push(made);
    return made;
  };
  try {
    await listener({ kind: 'stage', stage: 'compile' });
    const data = await prepareData(experiment, home.sources);
    checkMemory(experiment, data, pageMemory.whole);
    const trainer = kept(await createTrainer({ experiment, data, executor, memoryBudget }));
    control.check();
    const { network } = trainer;
    const parameters = parameterCount(network);
    const common = { executor, network, loss: experiment.loss, memoryBudget };
    const trainEvaluator = kept(await createEvaluator({ ...common, samples: data.train }));
    // Called between blocks of networks, so that a wish of the reader is heard before the next.
    const evaluateTrain = async (weights: Float32Array) => {
      await breathe();
      control.check();
      return trainEvaluator.evaluate(weights);
    };

    let progress = (await trainer.advance()) as TrainingProgress;
    const starts = await trainer.weights();
    const initialChecksum =
      experiment.initialisations > witness
        ? await weightsChecksum(starts.subarray(witness * parameters, (witness + 1) * parameters))
        : null;
    await listener({ kind: 'data', data, initialChecksum });

    const view = kept(
      await openRunView({
        ...{ experiment, data, network, executor, evaluate: evaluateTrain, starts },
        knownPlane: request.knownPlane,
        showSurface: (surface) => listener({ kind: 'surface', surface }),
      }),
    );
    const pacer = new FramePacer(listener);

    await listener({ kind: 'stage', stage: 'train' });
    let stopped = false;
    for (;;) {
      control.check();
      if (control.stopped) {
        stopped = progress.step < progress.totalSteps;
        break;
      }
      if (control.paused) {
        await pacer.idle();
        if (!control.paused) continue;
        const change = control.change();
        await pacer.send(nextFrame);
        await change;
        continue;
      }
      const next = await trainer.advance();
      if (!next) break;
      progress = next;
      await pacer.offer(nextFrame);
      await breathe();
    }

    const state = { step: progress.step, weights: await trainer.weights() };
    const history = historyToNow({ state, history: trainer.history() });
    const statistics = convergenceStatistics(history, experiment, history.divergedAt);
    const frame = await makeFrame(history);
    const final = history.snapshots.slice(-experiment.initialisations * parameters);
    control.isDrawing = true;
    await listener({ kind: 'stage', stage: 'boundaries' });
    const boundaries = hasBoundaries(data) ? await allBoundaries(final) : null;
    await listener({ kind: 'stage', stage: 'landscape' });
    const landscape = await drawLandscape(history);
    return {
      provider: executor.provider,
      frame,
      statistics,
      stopped,
      boundaries,
      landscape,
    };

    async function nextFrame() {
      return { kind: 'frame' as const, frame: await makeFrame(trainer.records()) };
    }

    async function makeFrame(records: RunRecords): Promise<TrainingFrame> {
      const weights = await trainer.weights();
      return view.frame({ progress, records, weights, selected: control.selected });
    }

    async function allBoundaries(weights: Float32Array) {
      const { inputs } = boundaryGrid(data, boundarySize);
      const options = { executor, network, inputs, count: boundarySize ** 2, memoryBudget };
      const predictor = kept(await createPredictor(options));
      return buildBoundaries({
        predict: async (part) => {
          await breathe();
          control.check();
          return predictor.predict(part);
        },
        data,
        networks: experiment.initialisations,
        weights,
        size: boundarySize,
      });
    }

    async function drawLandscape(history: TrainingHistory): Promise<Landscape | null> {
      const { signal } = control.landscape;
      const testEvaluator =
        data.test.count > 0 ? kept(await createEvaluator({ ...common, samples: data.test })) : null;
      try {
        const { landscape } = await buildLandscape({
          experiment,
          history,
          evaluateTrain,
          evaluateTest: testEvaluator && ((weights) => testEvaluator.evaluate(weights)),
          signal,
          // Small blocks, so that a cancelled drawing ends soon.
          blockBytes: 256 * 4 * parameters,
          onProgress: (done, total) =>
            void pacer.offer(() => ({ kind: 'landscape', share: done / total })),
        });
        return landscape;
      } catch (error) {
        if (signal.aborted && !control.abandoned) return null;
        throw error;
      }
    }
  } finally {
    for (const made of disposables) made.dispose();
  }
}
