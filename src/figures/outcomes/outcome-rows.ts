// What a study measured of every network where training ended, a row for each condition.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { ConditionCurvature } from '../../landscape/analyses/curvature/curvature-result.ts';
import type {
  ConditionDifference,
  ConditionOutcome,
} from '../../landscape/analyses/outcomes/outcomes-result.ts';
import { conditionGroupField, conditionsOf, type ConditionView } from '../kit/conditions.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import {
  eitherOf,
  listOf,
  number,
  oneOf,
  orNull,
  pickedNetwork,
  text,
  type StateOf,
} from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

const outcomeQuantities = [
  'trainLoss',
  'testLoss',
  'trainAccuracy',
  'testAccuracy',
  'epochsToThreshold',
  'idleUnits',
  'largestEigenvalue',
] as const;
export type OutcomeQuantity = (typeof outcomeQuantities)[number];

interface OutcomeFacts {
  readonly name: string;
  readonly isShare: boolean;
  format(value: number): string;
}

export const outcomeFacts: Readonly<Record<OutcomeQuantity, OutcomeFacts>> = {
  trainLoss: { name: 'Training loss', isShare: false, format: formatNumber },
  testLoss: { name: 'Test loss', isShare: false, format: formatNumber },
  trainAccuracy: { name: 'Training accuracy', isShare: true, format: formatPercent },
  testAccuracy: { name: 'Test accuracy', isShare: true, format: formatPercent },
  epochsToThreshold: {
    name: 'First epoch below the threshold',
    isShare: false,
    format: formatNumber,
  },
  idleUnits: { name: 'Idle hidden units', isShare: true, format: formatPercent },
  largestEigenvalue: { name: 'Largest Hessian eigenvalue', isShare: false, format: formatNumber },
};

interface CurvatureResult {
  readonly conditions: Readonly<Record<string, ConditionCurvature>>;
}

export interface Mean {
  readonly value: number;
  /** Null where the artifact gives none. */
  readonly interval: readonly [number, number] | null;
}

export interface OutcomeRow {
  readonly condition: ConditionView;
  /** One a network; NaN where there is none (it diverged, never got there, or was not asked). */
  readonly values: readonly number[];
  readonly outcomeOf: readonly ('converged' | 'stuck' | 'diverged')[];
  /** Networks of which no hidden unit tells two training points apart. */
  readonly dead: number;
  /** Over the finite values; null where there are none. */
  readonly mean: Mean | null;
  readonly difference: ConditionDifference | null;
}

export interface OutcomeRows {
  readonly studyTitle: string;
  readonly rows: readonly OutcomeRow[];
  /** The condition that the others are held against. */
  readonly against: string;
  /** Of training loss, where all conditions have the same. */
  readonly threshold: number | null;
  readonly lossUnit: string;
  /** How far the records are apart that tell when a network came below the threshold. */
  readonly epochsBetweenRecords: number;
}

/** Records farther apart than this would place the epoch of convergence too coarsely to be drawn. */
const coarsestRecords = 5;

const estimateOf = (mean: number, interval: readonly [number, number] | null): Mean | null =>
  Number.isFinite(mean)
    ? { value: mean, interval: interval?.every(Number.isFinite) ? interval : null }
    : null;

function epochsBetweenRecords({ epochs }: ConditionOutcome): number {
  const { values } = epochs;
  return (values.at(-1) ?? Infinity) / (values.length - 1);
}

/** The first record at which each network's training loss is below the threshold. */
function epochsToThreshold(outcome: ConditionOutcome, networks: number): number[] {
  const epochs = outcome.epochs.values;
  const { threshold } = outcome.statistics;
  return Array.from({ length: networks }, (_, n) => {
    const record = epochs.findIndex(
      (__, t) => outcome.trainLoss.values[t * networks + n]! < threshold,
    );
    return record < 0 ? NaN : epochs[record]!;
  });
}

function valuesOf(
  outcome: ConditionOutcome,
  quantity: Exclude<OutcomeQuantity, 'largestEigenvalue'>,
  networks: number,
): number[] | null {
  if (quantity === 'idleUnits') return [...outcome.idleUnits.values];
  if (quantity === 'epochsToThreshold') return epochsToThreshold(outcome, networks);
  const series = outcome[quantity];
  return series === null ? null : [...series.values.slice(-networks)];
}

function meanOf(
  outcome: ConditionOutcome,
  quantity: OutcomeQuantity,
  values: readonly number[],
): Mean | null {
  if (quantity === 'idleUnits' || quantity === 'largestEigenvalue') {
    const finite = values.filter(Number.isFinite);
    return estimateOf(finite.reduce((sum, value) => sum + value, 0) / finite.length, null);
  }
  const summary = outcome.statistics[quantity];
  return summary === null ? null : estimateOf(summary.mean, summary.meanInterval);
}

/** Curvature is measured of some networks: the others are left without a value. */
function eigenvalues(curvature: CurvatureResult, key: string, networks: number) {
  const own = curvature.conditions[key];
  if (own === undefined) return null;
  const values = new Array<number>(networks).fill(NaN);
  const each = own.top.shape[1] ?? 1;
  for (const [place, network] of own.networks.entries())
    values[network] = own.top.values[place * each] ?? NaN;
  const { value, interval } = own.means.largestEigenvalue;
  return { values, mean: estimateOf(value, interval) };
}

/** Which quantities the loaded results hold, in the order in which they are offered. */
export function quantitiesOf(data: StudyDisplay): OutcomeQuantity[] {
  const outcome = Object.values(resultOfKind(data, 'outcomes')?.result.conditions ?? {})[0];
  if (outcome === undefined) return [];
  const isFine = epochsBetweenRecords(outcome) <= coarsestRecords;
  const present: Record<OutcomeQuantity, boolean> = {
    trainLoss: true,
    testLoss: outcome.testLoss !== null,
    trainAccuracy: outcome.trainAccuracy !== null,
    testAccuracy: outcome.testAccuracy !== null,
    epochsToThreshold: isFine,
    idleUnits: true,
    largestEigenvalue: resultOfKind(data, 'curvature') !== null,
  };
  return (Object.keys(present) as OutcomeQuantity[]).filter((quantity) => present[quantity]);
}

export const outcomesByConditionState = {
  quantity: oneOf(outcomeQuantities, 'trainLoss'),
  scale: oneOf(['log', 'linear'], 'log'),
  /** Every network, or how far each condition's mean is from the first one's. */
  view: oneOf(['values', 'difference'], 'values'),
  show: conditionGroupField(),
  /** Keys of the conditions wanted, where not all of the study are. */
  only: orNull(listOf(text(''), [])),
  selected: pickedNetwork(),
  /** A value, drawn across all rows, or keys of conditions, by spaces, whose rows are named. */
  guess: orNull(eitherOf(number(0), text(''))),
};
export type OutcomesByConditionState = StateOf<typeof outcomesByConditionState>;

export type RowChoice = Pick<OutcomesByConditionState, 'quantity' | 'show' | 'only'>;

/** Null where the analysis `outcomes` is not loaded, or the study has no such quantity. */
export function outcomeRows(data: StudyDisplay, choice: RowChoice): OutcomeRows | null {
  const found = resultOfKind(data, 'outcomes');
  if (found === null) return null;
  const { conditions, against, differences } = found.result;
  const curvature = resultOfKind(data, 'curvature')?.result ?? null;
  const rows = conditionsOf(data.study, choice.show).flatMap((condition): OutcomeRow[] => {
    const outcome = conditions[condition.key];
    if (outcome === undefined || choice.only?.includes(condition.key) === false) return [];
    const { outcomeOf } = outcome.statistics;
    const networks = outcomeOf.length;
    const { quantity } = choice;
    const curved =
      quantity === 'largestEigenvalue' && curvature !== null
        ? eigenvalues(curvature, condition.key, networks)
        : null;
    const values =
      quantity === 'largestEigenvalue' ? curved?.values : valuesOf(outcome, quantity, networks);
    if (!values) return [];
    return [
      {
        condition,
        values,
        outcomeOf,
        dead: outcome.idleUnits.values.filter((share) => share === 1).length,
        mean: curved?.mean ?? meanOf(outcome, quantity, values),
        difference: differences[condition.key] ?? null,
      },
    ];
  });
  if (rows.length === 0) return null;
  const thresholds = new Set(
    rows.map(({ condition }) => conditions[condition.key]!.statistics.threshold),
  );
  const experiment = data.study.conditions[0]!.experiment;
  return {
    studyTitle: data.study.title,
    rows,
    against,
    threshold: thresholds.size === 1 ? [...thresholds][0]! : null,
    lossUnit: experiment.loss === 'cross-entropy' ? 'cross-entropy, nats' : 'mean squared error',
    epochsBetweenRecords: epochsBetweenRecords(conditions[rows[0]!.condition.key]!),
  };
}

/** How many networks of a row ended how. */
export function countsOf({
  outcomeOf,
}: OutcomeRow): Record<OutcomeRow['outcomeOf'][number], number> {
  const counts = { converged: 0, stuck: 0, diverged: 0 };
  for (const outcome of outcomeOf) counts[outcome] += 1;
  return counts;
}

/** The axis's name. */
export function outcomeName(quantity: OutcomeQuantity, rows: OutcomeRows): string {
  const { name } = outcomeFacts[quantity];
  if (quantity === 'trainLoss' || quantity === 'testLoss')
    return `${name} at the end (${rows.lossUnit})`;
  if (quantity === 'trainAccuracy' || quantity === 'testAccuracy')
    return `${name} at the end (share of points)`;
  if (quantity === 'idleUnits') return `${name} (share of all hidden units)`;
  if (quantity === 'epochsToThreshold') {
    const every = Math.round(rows.epochsBetweenRecords);
    const below =
      rows.threshold === null
        ? name
        : `First epoch with a loss below ${formatNumber(rows.threshold)}`;
    return every > 1 ? `${below} (looked at every ${every})` : below;
  }
  return `${name} at the end (nats per squared weight)`;
}
