// What the matrix of barriers shows of a study: its values under each alignment, their distributions, and the orders of its rows.
import type { StudyDisplay } from '../../artifact/display.ts';
import {
  alignmentNames,
  alignmentTexts,
  barriersOf,
  conditionsWithBarriers,
  pairValues,
  type AlignmentName,
} from './barrier-data.ts';
import type { BarrierDistribution } from './barrier-histogram.ts';
import { orderAlike } from './barrier-matrix-order.ts';
import { inMotion, oneOf, pickedNetwork, type StateOf } from '../kit/state-fields.ts';
import type { ConditionBarriers } from '../../landscape/analyses/barriers/barriers-result.ts';

type ShownAlignment = AlignmentName | 'both';

export const barrierMatrixState = {
  /** 'both' draws the barriers as trained below the diagonal and those after alignment above it. */
  aligned: oneOf<readonly ShownAlignment[]>(['raw', 'weights', 'activations', 'both'], 'raw'),
  order: oneOf(['number', 'alike'], 'number'),
  scale: oneOf(['log', 'linear'], 'log'),
  selected: pickedNetwork(),
  /** The other network of a picked pair. */
  partner: pickedNetwork(),
  /** On the way from another alignment to this one. */
  passing: inMotion<{ readonly from: ShownAlignment; readonly t: number }>(),
};
export type BarrierMatrixState = StateOf<typeof barrierMatrixState>;

export interface BarrierMatrix {
  readonly networks: readonly number[];
  readonly distributions: Readonly<Partial<Record<AlignmentName, BarrierDistribution>>>;
  readonly matrices: Readonly<Partial<Record<AlignmentName, Float32Array>>>;
  readonly orders: Readonly<Record<BarrierMatrixState['order'], readonly number[]>>;
}

const absence = 'The barriers between these networks are not loaded here.';

// Orders take a moment to find, and data never changes.
const known = new WeakMap<StudyDisplay, BarrierMatrix | string>();

export function barrierMatrixOf(data: StudyDisplay): BarrierMatrix | string {
  const found = known.get(data);
  if (found !== undefined) return found;
  const condition = conditionsWithBarriers(data)[0]?.barriers;
  const matrix = condition ? readMatrix(condition) : absence;
  known.set(data, matrix);
  return matrix;
}

function readMatrix(condition: ConditionBarriers): BarrierMatrix {
  const { networks } = condition;
  const N = networks.length;
  const found = alignmentNames.flatMap((name) => {
    const own = barriersOf(condition, name);
    return own ? [[name, own] as const] : [];
  });
  const matrices: BarrierMatrix['matrices'] = Object.fromEntries(
    found.map(([name, own]) => [name, own.train.values]),
  );
  // Aligned barriers say which networks are alike; the same order in every state keeps each cell in its place.
  const likeness = matrices.weights ?? found[0]![1].train.values;
  return {
    networks,
    matrices,
    distributions: Object.fromEntries(
      found.map(([name, { train, means }]) => [
        name,
        {
          text: alignmentTexts[name],
          values: pairValues(train.values, N),
          mean: means.train.value,
          interval: means.train.interval,
          isGhost: false,
        },
      ]),
    ),
    orders: { number: networks.map((_, i) => i), alike: orderAlike(likeness, N) },
  };
}

/** Alignments that the study has, in the order in which they are named. */
export const alignmentsOf = ({ matrices }: BarrierMatrix): AlignmentName[] =>
  alignmentNames.filter((name) => matrices[name]);

/** The barrier of networks i and j in the state's matrix; `isUpper` says on which side of the diagonal. */
export function valueIn(
  matrix: BarrierMatrix,
  aligned: BarrierMatrixState['aligned'],
  i: number,
  j: number,
  isUpper: boolean,
): number {
  const name = aligned === 'both' ? (isUpper ? 'weights' : 'raw') : aligned;
  return matrix.matrices[name]?.[i * matrix.networks.length + j] ?? NaN;
}

/** The barriers of the shown alignment in colour, and for comparison the other as an outline. */
export function shownDistributions(
  matrix: BarrierMatrix,
  aligned: BarrierMatrixState['aligned'],
): BarrierDistribution[] {
  const shown = aligned === 'both' ? 'weights' : aligned;
  const other: AlignmentName = shown === 'raw' ? 'weights' : 'raw';
  const ghost = matrix.distributions[other];
  const own = matrix.distributions[shown];
  return [
    ...(ghost ? [{ ...ghost, isGhost: true, text: other === 'raw' ? ghost.text : 'aligned' }] : []),
    ...(own ? [own] : []),
  ];
}
