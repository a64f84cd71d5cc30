// What a run's manifest says of its experiment, its data and its network: as it is written, and as it is checked.
import type { Experiment } from '../learning/experiment.ts';
import { networkShapeOf } from '../learning/network-of.ts';
import { parameterCount } from '../learning/network-shape.ts';
import type { PreparedData } from '../learning/samples.ts';
import type { Manifest } from './manifest.ts';

export type RunFacts = Pick<Manifest, 'name' | 'seeds' | 'data' | 'start' | 'network'>;

export function runFacts(
  experiment: Experiment,
  data: PreparedData,
  { dataHash, startHash }: { readonly dataHash: string; readonly startHash: string | undefined },
): RunFacts {
  const { features, outputs, featureNames, classNames, normalisation } = data;
  const network = networkShapeOf(experiment, data);
  return {
    name: experiment.name,
    seeds: {
      seed: experiment.seed,
      generator: 'xoroshiro128+ (pure-rand), a stream of its own for each purpose and index',
      streams: [
        'data/<kind>',
        'split',
        ...(startHash ? [] : ['initial-weights/<network>']),
        'batches/<epoch>',
        'bootstrap',
      ],
    },
    data: {
      features,
      outputs,
      featureNames: [...featureNames],
      classNames: [...classNames],
      sha256: dataHash,
      trainCount: data.train.count,
      testCount: data.test.count,
      mean: Array.from(normalisation.mean),
      scale: Array.from(normalisation.scale),
    },
    ...(startHash ? { start: { sha256: startHash } } : {}),
    network: { sizes: [...network.sizes], parameters: parameterCount(network) },
  };
}
