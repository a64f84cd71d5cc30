// A document to draw in, and a small run whose every number is known in closed form.
import { parseHTML } from 'linkedom';
import type { RunDisplay } from '../../../src/artifact/display.ts';
import type { Figure } from '../../../src/figures/kit/figure.ts';
import { summarise } from '../../../src/landscape/statistics.ts';
import { experimentSchema } from '../../../src/learning/experiment.ts';

export interface Drawing {
  readonly container: HTMLElement;
  readonly svg: SVGSVGElement;
  texts(): string[];
  all(selector: string): Element[];
}

export function emptyContainer(): HTMLElement {
  const { document } = parseHTML('<!doctype html><html><body><div></div></body></html>');
  return document.querySelector('div') as unknown as HTMLElement;
}

/** What a build draws: static, in a document that is no browser's. */
export function drawStill<Data, State>(
  figure: Figure<Data, State>,
  data: Data,
  state: Partial<State> = {},
  width = 560,
): Drawing {
  const container = emptyContainer();
  figure.draw(
    container,
    data,
    { ...figure.initial, ...state },
    { width, height: figure.height(width), interactive: false, reducedMotion: true },
  );
  const all = (selector: string): Element[] => [...container.querySelectorAll(selector)];
  return {
    container,
    svg: container.querySelector('svg') as unknown as SVGSVGElement,
    texts: () => all('text').map((text) => text.textContent ?? ''),
    all,
  };
}

const networks = 4;
const records = 5;
const snapshots = 3;
const side = 9;
const size = 8;

/** Network n at record t has a training loss of 2^-t (n + 1) / 4; the last one diverges from record 3 on, if asked. */
export function smallRun(options: { diverges?: boolean } = {}): RunDisplay {
  const isGone = (t: number, n: number): boolean =>
    options.diverges === true && n === networks - 1 && t >= 3;
  const curve = (value: (t: number, n: number) => number): Float32Array =>
    Float32Array.from({ length: records * networks }, (_, index) => {
      const [t, n] = [Math.floor(index / networks), index % networks];
      return isGone(t, n) ? NaN : value(t, n);
    });
  const trainLoss = curve((t, n) => (2 ** -t * (n + 1)) / 4);
  const testLoss = curve((t, n) => (2 ** -t * (n + 1)) / 3);
  const trainAccuracy = curve((t, n) => 0.5 + 0.1 * t + 0.02 * n);
  const testAccuracy = curve((t, n) => 0.45 + 0.1 * t + 0.02 * n);
  const final = (series: Float32Array): number[] => [...series.slice(-networks)];
  const outcomeOf = [
    'converged',
    'converged',
    'stuck',
    options.diverges ? 'diverged' : 'stuck',
  ] as const;
  const axis = Float32Array.from({ length: side }, (_, i) => i - 4);
  const bowl = Float32Array.from({ length: side * side }, (_, index) => {
    const [row, column] = [Math.floor(index / side), index % side];
    return 0.1 + ((row - 4) ** 2 + (column - 4) ** 2) / 4;
  });
  const places = Array.from({ length: snapshots * networks }, (_, index) => {
    const [s, n] = [Math.floor(index / networks), index % networks];
    return [(3 - s) * Math.cos(n), (3 - s) * Math.sin(n)];
  });
  const samples = (count: number) => ({
    count,
    inputs: Float32Array.from({ length: 2 * count }, (_, i) => ((i * 7) % 11) / 3 - 1.7),
    targets: new Float32Array(2 * count),
    labels: Int32Array.from({ length: count }, (_, i) => i % 2),
  });
  return {
    experiment: experimentSchema.parse({ name: 'small', initialisations: networks, epochs: 4 }),
    provider: 'cpu',
    data: {
      features: 2,
      outputs: 2,
      featureNames: ['x', 'y'],
      classNames: ['red', 'green'],
      train: samples(24),
      test: samples(8),
      normalisation: { mean: new Float32Array(2), scale: new Float32Array([1, 1]) },
    },
    curves: {
      steps: Int32Array.from({ length: records }, (_, t) => t),
      epochs: Float32Array.from({ length: records }, (_, t) => t),
      trainLoss,
      trainAccuracy,
      testLoss,
      testAccuracy,
      gradientNorm: curve((t) => 2 ** -t),
    },
    statistics: {
      trainLoss: summarise(final(trainLoss), 1),
      testLoss: summarise(final(testLoss), 1),
      trainAccuracy: summarise(final(trainAccuracy), 1),
      testAccuracy: summarise(final(testAccuracy), 1),
      epochsToThreshold: summarise([1, 2], 1),
      threshold: 0.1,
      outcomes: {
        converged: 2,
        stuck: options.diverges ? 1 : 2,
        diverged: options.diverges ? 1 : 0,
      },
      outcomeOf,
      criteria: { converged: 'below', stuck: 'above', diverged: 'not finite' },
      divergedAt: [-1, -1, -1, options.diverges ? 3 : -1],
    },
    boundaries: {
      extent: [-2, 2, -2, 2],
      size,
      // Network n answers class 1 right of x = n / 4: probability is linear in the column.
      probability: Float32Array.from({ length: networks * size * size }, (_, index) => {
        const [n, column] = [Math.floor(index / (size * size)), index % size];
        const x = -2 + (4 * column) / (size - 1);
        return Math.min(1, Math.max(0, 0.5 + (x - n / 4) / 10));
      }),
      classes: Uint8Array.from({ length: networks * size * size }, (_, index) => {
        const [n, column] = [Math.floor(index / (size * size)), index % size];
        return -2 + (4 * column) / (size - 1) > n / 4 ? 1 : 0;
      }),
    },
    landscape: {
      kind: 'pca',
      snapshotSteps: Int32Array.from([0, 2, 4]),
      coordinates: Float32Array.from(places.flat()),
      offPlane: new Float32Array(snapshots * networks).fill(2.5),
      trueLoss: Float32Array.from({ length: snapshots * networks }, (_, i) => 1 / (i + 1)),
      planeLoss: Float32Array.from({ length: snapshots * networks }, (_, i) => 2 / (i + 1)),
      explainedVariance: [0.4, 0.25, 0.1],
      nullExplainedVariance: [0.2, 0.15, 0.1],
      method: 'covariance',
      xs: axis,
      ys: axis,
      loss: bowl,
      testLoss: null,
      accuracy: bowl.map((value) => 1 / (1 + value)),
    },
  };
}
