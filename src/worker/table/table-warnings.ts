// What to beware of in a table that can be learned from, a sentence each.
import type { ClassDataset } from '../../learning/datasets/dataset.ts';
import { quote } from '../../learning/quote.ts';
import { mostNamedNumbers } from './table-messages.ts';

export function classCounts({ classNames, labels }: ClassDataset) {
  const counts = new Array<number>(classNames.length).fill(0);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return classNames.map((name, c) => ({ name, count: counts[c] as number }));
}

/** How many times as large one standard deviation may be as another, and one class as another, without a word. */
const scaleRatio = 100;
const classRatio = 10;

/** @param measured the label column, where its classes are the values of a number. */
export function noteWarnings(
  dataset: ClassDataset,
  { measured }: { readonly measured: string | null },
): string[] {
  return [
    ...measuredLabel(dataset, measured),
    ...rareClasses(dataset),
    ...imbalance(dataset),
    ...constantFeatures(dataset),
  ];
}

function measuredLabel({ classNames }: ClassDataset, measured: string | null): string[] {
  if (measured === null || classNames.length <= mostNamedNumbers) return [];
  return [
    `${quote(measured)} is a number with ${classNames.length} different values. The laboratory sorts into classes and would take each value for a class of its own; part it into a few classes of equal size instead.`,
  ];
}

function rareClasses(dataset: ClassDataset): string[] {
  const rare = classCounts(dataset).filter(({ count }) => count < 2);
  if (rare.length === 0) return [];
  return [
    `${rare.length === 1 ? `Class ${quote(rare[0]?.name)} has` : `${rare.length} classes have`} one row only: it is trained on, and never tested.`,
  ];
}

function imbalance(dataset: ClassDataset): string[] {
  const counts = classCounts(dataset).sort((a, b) => b.count - a.count);
  const [largest, smallest] = [counts[0], counts[counts.length - 1]];
  if (!largest || !smallest || largest.count < classRatio * smallest.count) return [];
  const share = Math.round((100 * largest.count) / dataset.labels.length);
  return [
    `The classes are very unequal: always answering ${quote(largest.name)} would be right for ${share}% of the rows. Measure accuracy against that.`,
  ];
}

function constantFeatures(dataset: ClassDataset): string[] {
  const deviations = deviationsOf(dataset);
  const [first, ...others] = dataset.featureNames.filter((_, f) => deviations[f] === 0);
  if (first === undefined || dataset.labels.length < 2) return [];
  return [
    others.length === 0
      ? `${quote(first)} is the same in every row and teaches nothing; leave it out.`
      : `${others.length + 1} features, ${quote(first)} first, are the same in every row and teach nothing; leave them out.`,
  ];
}

/** What normalisation takes care of. */
export function noteScales(dataset: ClassDataset): string[] {
  const moving = deviationsOf(dataset).filter((deviation) => deviation > 0);
  const most = moving.reduce((a, b) => Math.max(a, b), 0);
  const ratio = most / moving.reduce((a, b) => Math.min(a, b), most);
  if (!(ratio > scaleRatio)) return [];
  return [
    `The features differ in scale by a factor of ${Number(ratio.toPrecision(1)).toLocaleString('en')}, which “Normalise features”, on unless you change it, evens out.`,
  ];
}

const deviationsOf = ({ inputs, featureNames }: ClassDataset): number[] =>
  featureNames.map((_, f) => deviationOf(inputs, featureNames.length, f));

/** 0 exactly where the feature never changes. */
function deviationOf(inputs: Float64Array, features: number, feature: number): number {
  const count = inputs.length / features;
  const at = (row: number): number => inputs[row * features + feature] as number;
  let [mean, squares, isConstant] = [0, 0, true];
  // Welford's recurrence.
  for (let row = 0; row < count; row++) {
    const delta = at(row) - mean;
    mean += delta / (row + 1);
    squares += delta * (at(row) - mean);
    isConstant &&= at(row) === at(0);
  }
  return isConstant ? 0 : Math.sqrt(squares / count);
}
