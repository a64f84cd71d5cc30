// Finds the samples that an experiment names.
import { parseCsv } from '../csv.ts';
import type { DataSpec } from '../experiment.ts';
import { blobs } from './blobs.ts';
import { circles } from './circles.ts';
import type { Dataset } from './dataset.ts';
import { digits } from './digits.ts';
import { moons } from './moons.ts';
import { points } from './points.ts';
import { spirals } from './spirals.ts';
import { twoWeights } from './two-weights.ts';
import { xor } from './xor.ts';

/** Texts of the data sets that are files. Where they come from is the caller's business. */
export interface DataSources {
  /** The text of `digits.csv`, decompressed. */
  digits(): Promise<string>;
  csv(path: string): Promise<string>;
}

/** All samples of `spec`; generated sets depend on `seed` alone. Throws `CsvError` where a file cannot be read as data. */
export async function loadDataset(
  spec: DataSpec,
  seed: number,
  sources: DataSources,
): Promise<Dataset> {
  switch (spec.kind) {
    case 'moons':
      return moons(spec, seed);
    case 'circles':
      return circles(spec, seed);
    case 'spirals':
      return spirals(spec, seed);
    case 'xor':
      return xor(spec, seed);
    case 'blobs':
      return blobs(spec, seed);
    case 'two-weights':
      return twoWeights();
    case 'digits':
      return digits(await sources.digits());
    case 'csv':
      return parseCsv(await sources.csv(spec.path), { ...spec, where: spec.path });
    case 'points':
      return points(spec);
  }
}
