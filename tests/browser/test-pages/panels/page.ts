// A page with nothing but the board of the laboratory, and the fifty networks of the article as if they had just been trained.
import '../../../../src/styles/index.css';
import '../../../../src/figures/kit/figures.css';
import '../../../../src/laboratory/lab.css';
import '../../../../src/laboratory/transport.css';
import '../../../../src/laboratory/compare/compare.css';
import '../../../../src/laboratory/form/form.css';
import '../../../../src/laboratory/panels/panels.css';
import { decodeHistory } from '../../../../src/artifact/full-tensors.ts';
import { load, runOf as runIn } from '../../../../src/artifact/load.ts';
import type { Experiment } from '../../../../src/artifact/display.ts';
import type { LabRun, RunKey } from '../../../../src/laboratory/lab-run.ts';
import type { LabState } from '../../../../src/laboratory/lab-state.ts';
import { LabStore } from '../../../../src/laboratory/lab-store.ts';
import { Board } from '../../../../src/laboratory/panels/panel-board.ts';
import { catalogue } from '../../../../src/laboratory/panels/panel-catalogue.ts';
import { plainPanel } from '../../../../src/laboratory/panels/panel-list.ts';
import { AnalysisClient } from '../../../../src/worker/analysis/analysis-client.ts';
import type { SavedTraining } from '../../../../src/worker/run/run-messages.ts';

const read = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(`data/${path}`)).arrayBuffer());

const parts = ['data', 'curves', 'landscape', 'boundaries'];
const display = runIn(await load('fifty', read, parts));
const history = decodeHistory(
  { bytes: await read('fifty/weights.safetensors'), where: 'weights' },
  { bytes: await read('fifty/training.safetensors'), where: 'training' },
);
const size = history.networks * history.parameters;

interface Moment {
  /** Records of the curves that there are yet. */
  readonly records?: number;
  /** Optimiser step at which it was saved; null where it has not been saved. */
  readonly savedAt?: number | null;
  /** Whether its landscape has been computed. */
  readonly hasLandscape?: boolean;
}

const { curves } = display;
/** No picture looks at it. */
const noPlane = { origin: new Float32Array(0), directions: new Float32Array(0) };
const lastStep = curves.steps.at(-1)!;

function runOf(
  key: RunKey,
  { records = curves.steps.length, savedAt = lastStep, hasLandscape = false }: Moment,
  changes: Partial<Experiment> = {},
): LabRun {
  const rows = (values: Float32Array | null) =>
    values && values.slice(0, records * history.networks);
  const training: SavedTraining | null =
    savedAt === null
      ? null
      : {
          experiment: { ...display.experiment, ...changes },
          state: { step: savedAt, weights: history.snapshots.slice(-size), slots: [] },
          history,
        };
  return {
    key,
    title: key === 'a' ? 'A: the fifty' : 'B: the fifty again',
    display: {
      ...display,
      curves: {
        steps: curves.steps.slice(0, records),
        epochs: curves.epochs.slice(0, records),
        trainLoss: rows(curves.trainLoss)!,
        trainAccuracy: rows(curves.trainAccuracy),
        testLoss: rows(curves.testLoss),
        testAccuracy: rows(curves.testAccuracy),
        gradientNorm: rows(curves.gradientNorm)!,
      },
    },
    training,
    csv: null,
    startWeights: null,
    landscapeInPlane: hasLandscape ? { landscape: display.landscape!, plane: noPlane } : null,
  };
}

const runs = new Map<string, LabRun>();

/** The same run again where the same moment is asked for: what was saved has not gone on. */
function known(key: RunKey, moment: Moment): LabRun {
  const name = key + JSON.stringify(moment);
  const run = runs.get(name) ?? runOf(key, moment, key === 'b' ? { learningRate: 0.02 } : {});
  runs.set(name, run);
  return run;
}

const state: LabState = {
  experiment: display.experiment,
  compared: null,
  panels: [],
  selected: 17,
  provider: 'wasm',
};

const store = new LabStore(state);
const analyses = new AnalysisClient();
let board: Board | null = null;
const landscapes: RunKey[] = [];

const bench = {
  store,
  catalogue,
  landscapes,
  /** A new board with these pictures; nothing is left of one before, its worker and what it has loaded excepted. */
  open(kinds: readonly string[]): void {
    bench.close();
    runs.clear();
    landscapes.length = 0;
    store.change({ ...state, panels: kinds.map(plainPanel) });
    const root = document.querySelector<HTMLElement>('[data-lab="panels"]')!;
    board = new Board(root, { store, analyses, onLandscape: (key) => landscapes.push(key) });
  },
  close(): void {
    board?.destroy();
    board = null;
  },
  lastStep,
  records: curves.steps.length,
  /** Runs by key, at a moment of A. */
  async show(keys: readonly RunKey[], moment: Moment = {}): Promise<void> {
    await board?.show(keys.map((key) => known(key, key === 'a' ? moment : {})));
  },
};

export type Bench = typeof bench;
Object.assign(globalThis, { bench });
document.documentElement.classList.add('js');
document.documentElement.dataset['ready'] = '';
