// What the settings of one experiment ask of one another.
import { totalSteps } from './batches.ts';
import { counted } from './counted.ts';
import { dataDimensions } from './data-dimensions.ts';
import { classesOf } from './datasets/points.ts';
import { ExperimentError } from './experiment-error.ts';
import type { Experiment, RateChange } from './experiment.ts';
import { networkShapeOf } from './network-of.ts';
import { parameterCount } from './network-shape.ts';
import { quote } from './quote.ts';

/** What was wrong with the setting at `path`, in the words that follow "PATH is VALUE: ". */
interface Broken {
  readonly path: string;
  readonly value: unknown;
  readonly expected: string;
}

/** Rules that need no data. Throws `ExperimentError` for the first one broken. */
export function checkRules(experiment: Experiment, where: string): void {
  const dimensions = dataDimensions(experiment.data);
  refuse(brokenByTwoWeights(experiment), where);
  refuse(brokenByClasses(experiment), where);
  refuse(brokenByPoints(experiment), where);
  refuse(brokenByOrder(experiment), where);
  if (!dimensions) return;
  refuse(brokenByDirections(experiment, dimensions), where);
  refuse(brokenByBatchSize(experiment, dimensions.samples), where);
  // A full batch takes one step an epoch, whatever the split leaves to train on.
  if (experiment.batchSize === 'full') refuse(brokenByLength(experiment, experiment.epochs), where);
}

/** Rules that need the number of features, outputs and training samples. Throws `ExperimentError`. */
export function checkAgainstData(
  experiment: Experiment,
  data: { readonly features: number; readonly outputs: number; readonly train: { count: number } },
  where: string,
): void {
  refuse(brokenByDirections(experiment, data), where);
  refuse(brokenByBatchSize(experiment, data.train.count), where);
  refuse(brokenByLength(experiment, totalSteps(experiment, data.train)), where);
}

function refuse(broken: Broken | null, where: string): void {
  if (!broken) return;
  const { path, value, expected } = broken;
  throw new ExperimentError(`${path} is ${quote(value)}: ${expected} (${where})`);
}

/** The closed form 1/2 (a b - 1)^2 holds for the network a b x and the mean squared error alone. */
function brokenByTwoWeights(experiment: Experiment): Broken | null {
  if (experiment.data.kind !== 'two-weights') return null;
  const { hiddenSizes, activation, bias, residual, loss } = experiment;
  const expect = (path: string, value: unknown, right: string): Broken => ({
    path,
    value,
    expected: `the two-weight problem is the network a * b * x, so expected ${right}`,
  });
  if (hiddenSizes.length !== 1 || hiddenSizes[0] !== 1) {
    return expect('hiddenSizes', hiddenSizes, '[1]');
  }
  if (activation !== 'linear') return expect('activation', activation, '"linear"');
  if (bias) return expect('bias', bias, 'false');
  if (residual) return expect('residual', residual, 'false');
  if (loss !== 'mean-squared-error') {
    return {
      path: 'loss',
      value: loss,
      expected: 'the two-weight problem has no classes, so expected "mean-squared-error"',
    };
  }
  return null;
}

function brokenByClasses({ data }: Experiment): Broken | null {
  if (!('classes' in data) || data.samples >= data.classes) return null;
  return {
    path: 'data.samples',
    value: data.samples,
    expected: `${data.classes} classes need at least ${data.classes} points`,
  };
}

function brokenByPoints({ data, testFraction }: Experiment): Broken | null {
  if (data.kind !== 'points') return null;
  const broken = (expected: string): Broken => ({
    path: 'data.points',
    value: data.points,
    expected,
  });
  const sizes = new Array<number>(classesOf(data)).fill(0);
  for (const [, , label] of data.points) sizes[label] = (sizes[label] as number) + 1;
  const present = sizes.filter((size) => size > 0).length;
  if (present < 2) {
    return broken(`all of them are of class ${sizes.length - 1}, so expected at least two classes`);
  }
  const absent = sizes.indexOf(0);
  if (absent >= 0) {
    return broken(
      `none of them is of class ${absent}, so expected classes numbered from 0 to ${present - 1}`,
    );
  }
  const single = sizes.indexOf(1);
  if (single < 0 || testFraction === 0) return null;
  return broken(
    `class ${single} has one point, so expected another, to train on one and test on the other, or a testFraction of 0`,
  );
}

function brokenByOrder({ rateChanges = [] }: Experiment): Broken | null {
  const index = rateChanges.findIndex(
    ({ step }, i) => i > 0 && step <= (rateChanges[i - 1] as RateChange).step,
  );
  if (index < 0) return null;
  const before = (rateChanges[index - 1] as RateChange).step;
  return {
    path: `rateChanges[${index}].step`,
    value: (rateChanges[index] as RateChange).step,
    expected: `the change before it is at step ${before}, so expected at least ${before + 1}`,
  };
}

function brokenByDirections(
  experiment: Experiment,
  data: { readonly features: number; readonly outputs: number },
): Broken | null {
  if (experiment.directions !== 'weights') return null;
  const parameters = parameterCount(networkShapeOf(experiment, data));
  if (parameters === 2) return null;
  return {
    path: 'directions',
    value: experiment.directions,
    expected: `only a network of two weights is a plane of its own, this one has ${parameters}, so expected "pca"`,
  };
}

function brokenByBatchSize({ batchSize }: Experiment, samples: number): Broken | null {
  if (batchSize === 'full' || batchSize <= samples) return null;
  return {
    path: 'batchSize',
    value: batchSize,
    expected: `there are ${samples} points to train on, so expected at most ${samples}, or "full"`,
  };
}

function brokenByLength({ snapshots, rateChanges = [] }: Experiment, steps: number): Broken | null {
  const late = rateChanges.findIndex(({ step }) => step >= steps);
  if (late >= 0) {
    return {
      path: `rateChanges[${late}].step`,
      value: (rateChanges[late] as RateChange).step,
      expected: `training takes ${counted(steps, 'step')}, so expected at most ${steps - 1}, the last one`,
    };
  }
  if (snapshots <= steps + 1) return null;
  return {
    path: 'snapshots',
    value: snapshots,
    expected: `training takes ${counted(steps, 'step')}, so expected at most ${steps + 1}, one before each step and one at the end`,
  };
}
