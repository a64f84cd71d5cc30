// SHA-256 of the first weights of networks, by every initialiser: the same code in Node and in the page.
import { sha256 } from '../../src/artifact/checksum.ts';
import { initialisers } from '../../src/learning/experiment.ts';
import { initialPopulation } from '../../src/learning/initial-weights.ts';

const shapes = [
  [2, 64, 2],
  [64, 32, 10],
  [3, 5, 4],
];
const seeds = [0, 42, 4_294_967_295];

/** By initialiser, layer sizes and seed: a hash of twenty networks' weights. */
export async function hashesOfStarts(): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const kind of initialisers) {
    for (const sizes of shapes) {
      for (const seed of seeds) {
        const shape = { sizes, activation: 'tanh', residual: false, bias: true } as const;
        const weights = initialPopulation(shape, { kind, scale: 1.5 }, seed, 20);
        hashes[`${kind} ${sizes.join('-')} ${seed}`] = await sha256(new Uint8Array(weights.buffer));
      }
    }
  }
  return hashes;
}
