// Random directions through weight space.
import { randomStream } from '../../learning/random.ts';

/** Direction `index` of `seed`: `[P]` independent standard normals, so that every course is equally likely. */
export function randomDirection(P: number, seed: number, index: number): Float32Array {
  const random = randomStream(seed, 'direction', index);
  return Float32Array.from({ length: P }, () => random.normal());
}
