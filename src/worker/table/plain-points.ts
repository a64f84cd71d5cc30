// The points of a set of two features as a hand can go on with them.
import { counted } from '../../learning/counted.ts';
import { loadDataset, type DataSources } from '../../learning/datasets/index.ts';
import { CsvError } from '../../learning/csv.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { seedsOf, type SeedSettings } from '../../learning/seeds.ts';
import { spreadIndices } from '../../learning/spread-indices.ts';
import type { PlainPoints } from './table-messages.ts';

const mostPoints = 4_000;
const mostClasses = 20;

/** @param reach the pad goes from -reach to reach on both axes. Throws what `loadDataset` throws, and `CsvError`. */
export async function plainPoints(
  experiment: Readonly<Pick<Experiment, 'data'> & SeedSettings>,
  sources: DataSources,
  reach: number,
): Promise<PlainPoints> {
  const set = await loadDataset(experiment.data, seedsOf(experiment).data, sources);
  const features = set.featureNames.length;
  if (set.kind !== 'classes' || features !== 2)
    throw new CsvError(
      `this set has ${counted(features, 'feature')}: a plane shows points of two features and a class; choose another set to start from`,
    );
  if (set.classNames.length > mostClasses)
    throw new CsvError(
      `this set has ${set.classNames.length} classes: points drawn by hand have at most ${mostClasses}; choose another set to start from`,
    );
  const rows = spreadIndices(set.labels.length, mostPoints);
  const axes = [0, 1].map((f) => rows.map((row) => set.inputs[2 * row + f] as number));
  const isFitted = axes.flat().some((value) => Math.abs(value) > reach);
  const [xs, ys] = axes.map((values) => (isFitted ? fit(values, 0.9 * reach) : values)) as [
    number[],
    number[],
  ];
  return {
    points: rows.map((row, i) => [short(xs[i]), short(ys[i]), set.labels[row] as number]),
    isFitted,
  };
}

/** Moves and stretches values to `-reach` to `reach`. */
function fit(values: readonly number[], reach: number): number[] {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const half = (most - least) / 2 || 1;
  return values.map((value) => ((value - least) / half - (most > least ? 1 : 0)) * reach);
}

/** Three decimals, so that links stay short; no negative zero. */
const short = (value = 0): number => Math.round(value * 1000) / 1000 + 0;
