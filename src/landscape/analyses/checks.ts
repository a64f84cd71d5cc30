// What analyses ask of the settings of a study, told before anything is trained.
import { ExperimentError } from '../../learning/experiment-error.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { PlannedCondition } from './analysis.ts';

/** @throws ExperimentError where a condition trains fewer than `least` networks. */
export function checkNetworks(
  { key, experiment }: PlannedCondition,
  least: number,
  remedy = 'raise initialisations',
): void {
  const networks = experiment.initialisations;
  if (networks >= least) return;
  throw new ExperimentError(
    `condition "${key}" trains ${networks} network${networks === 1 ? '' : 's'}: expected at least ${least}; ${remedy}`,
  );
}

/** @throws ExperimentError where the networks of a condition choose no classes. */
export function checkClasses({ key, experiment }: PlannedCondition): void {
  const { kind } = experiment.data;
  if (kind !== 'two-weights') return;
  throw new ExperimentError(
    `condition "${key}" learns a regression (data.kind is "${kind}"), whose predictions have no classes to differ in: expected data with classes`,
  );
}

/** Settings that make the landscape: the same weights have the same loss where these agree. */
const ofTheLandscape = [
  'data',
  'seed',
  'testFraction',
  'normalise',
  'hiddenSizes',
  'activation',
  'residual',
  'bias',
  'loss',
] as const satisfies readonly (keyof Experiment)[];

/** @throws ExperimentError where a condition's networks have another loss than the first one's with the same weights. */
export function checkOneLandscape(conditions: readonly PlannedCondition[], what: string): void {
  const [first, ...others] = conditions as [PlannedCondition, ...PlannedCondition[]];
  for (const other of others) {
    const differs = ofTheLandscape.find(
      (name) => JSON.stringify(other.experiment[name]) !== JSON.stringify(first.experiment[name]),
    );
    if (!differs) continue;
    throw new ExperimentError(
      `${what} needs conditions with the same data, network and loss, but "${first.key}" and "${other.key}" differ in ${differs}: name others, or set ${differs} alike`,
    );
  }
}
