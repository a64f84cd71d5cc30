// The seeded random numbers behind every data set, initialisation, split and batch.
import { randomNormal } from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

export interface RandomStream {
  /** Uniform in [0, 1), a multiple of 2^-53. */
  uniform(): number;
  /** Standard normal: mean 0, standard deviation 1 (Marsaglia's polar method). */
  normal(): number;
  /** Uniform whole number in [0, n); n at least 1. */
  integer(n: number): number;
  /** Fisher-Yates, in place; gives the same array back. */
  shuffle<T extends unknown[] | Int32Array>(array: T): T;
}

/** 32 bits of a text: FNV-1a from the given start, then MurmurHash3's finaliser to spread every bit. */
function hash32(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/**
 * The stream that belongs to (seed, purpose, index): the same numbers in Node and in the browser,
 * and unrelated to every other stream, so that nothing shifts when something else draws more.
 * xoroshiro128+ (Blackman and Vigna 2021, doi:10.1145/3460772), started from a 128-bit hash of the three.
 */
export function randomStream(seed: number, purpose: string, index = 0): RandomStream {
  const key = `${seed}/${purpose}/${index}`;
  // Four starts give four unrelated words: FNV-1a's own, then steps of 2^32 / golden ratio from it.
  const state = [0, 1, 2, 3].map((word) => hash32(key, (0x811c9dc5 + word * 0x9e3779b9) | 0));
  // The all-zero state is the one that the generator never leaves.
  if (!state.some(Boolean)) state[0] = 1;
  const generator = xoroshiro128plusFromState(state);
  const uniform = () => uniformFloat64(generator);
  const integer = (n: number) => uniformInt(generator, 0, n - 1);
  return {
    uniform,
    normal: randomNormal.source(uniform)(),
    integer,
    shuffle(array) {
      for (let last = array.length - 1; last > 0; last--) {
        const other = integer(last + 1);
        const held = array[last];
        array[last] = array[other];
        array[other] = held;
      }
      return array;
    },
  };
}
