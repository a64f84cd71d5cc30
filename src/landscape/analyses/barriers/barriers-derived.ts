// What follows from matrices of barriers: means over pairs, distances, and trends over conditions.
import { meanOverOthers } from '../../comparison/pair-mean.ts';
import { trend } from '../../comparison/trend.ts';
import { distanceMatrix } from '../../projections/distances.ts';
import { soundNetworks, weightsOf, type TrainedCondition } from '../analysis.ts';
import { shaped, shapedIf, type Derived, type TensorsOf } from '../derived.ts';
import { estimateOfPairs } from '../estimates.ts';
import { numericArray, type NumericArray } from '../numeric-array.ts';
import type {
  Alignment,
  BarrierResult,
  Barriers,
  ConditionBarriers,
  BarriersSpec,
} from './barriers-result.ts';

interface KeptBarriers extends Pick<ConditionBarriers, 'networks'> {
  readonly byAlignment: Readonly<Partial<Record<Alignment, BarrierTensors>>>;
}

type BarrierTensors = Omit<Barriers, 'means'>;

/** The tensors of a condition, where their shapes are those that it gives. */
export function keptBarriers(
  condition: TrainedCondition,
  { points, networks: most, alignments: kinds }: BarriersSpec,
  { byAlignment }: TensorsOf<ConditionBarriers>,
): KeptBarriers {
  const { data } = condition;
  const networks = soundNetworks(condition, 2).slice(0, most);
  const square = [networks.length, networks.length];
  const [hasTest, classifies] = [data.test.count > 0, data.classNames.length > 0];
  const tensors = kinds.map((kind): [Alignment, BarrierTensors] => {
    const own = byAlignment[kind]!;
    return [
      kind,
      {
        train: shaped(own.train, square),
        test: shapedIf(hasTest, own.test, square),
        trainError: shapedIf(classifies, own.trainError, square),
        testError: shapedIf(hasTest && classifies, own.testError, square),
        meanPath: shaped(own.meanPath, [points]),
        distance: shaped(own.distance, square),
      },
    ];
  });
  return { networks, byAlignment: Object.fromEntries(tensors) };
}

export function barriersAgain(
  condition: TrainedCondition,
  { networks, byAlignment }: KeptBarriers,
): Derived<ConditionBarriers> {
  const { seed, hiddenSizes } = condition.experiment;
  const N = networks.length;
  const again = Object.entries(byAlignment).map(([kind, tensors]) => {
    const { train, test, trainError, testError, distance } = tensors;
    const numbers = (tensor: NumericArray | null) => tensor && tensor.values;
    const means = meansOf(
      {
        train: numbers(train),
        test: numbers(test),
        trainError: numbers(trainError),
        testError: numbers(testError),
        distance: numbers(distance),
      },
      N,
      seed,
    );
    const asTheyLie =
      kind === 'none'
        ? numericArray([N, N], distanceMatrix(weightsOf(condition, networks), N))
        : distance;
    return [kind, { ...tensors, means, distance: asTheyLie }] as const;
  });
  return { networks, hiddenSizes, byAlignment: Object.fromEntries(again) };
}

type Matrices = Readonly<Record<keyof Barriers['means'], ArrayLike<number> | null>>;

export function meansOf(
  { train, test, trainError, testError, distance }: Matrices,
  N: number,
  seed: number,
): Barriers['means'] {
  const mean = (values: ArrayLike<number> | null) => values && estimateOfPairs(values, N, seed);
  return {
    train: mean(train)!,
    test: mean(test),
    trainError: mean(trainError),
    testError: mean(testError),
    distance: mean(distance)!,
  };
}

export function trendsOf(
  all: readonly KeptBarriers[],
  kinds: readonly Alignment[],
  seed: number,
): BarrierResult['trends'] {
  if (all.length < 2) return null;
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      trend(
        all.map((own) => barrierOfEach(own, kind)),
        seed,
      ),
    ]),
  );
}

/** Each network's mean training barrier with the others. */
export const barrierOfEach = ({ networks, byAlignment }: KeptBarriers, kind: Alignment) =>
  meanOverOthers(byAlignment[kind]!.train.values, networks.length);
