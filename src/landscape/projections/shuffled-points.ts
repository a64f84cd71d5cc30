// Clouds of nothing: each coordinate of a cloud of points dealt out anew among the points.
import { randomStream } from '../../learning/random.ts';

/**
 * Points `[K, blocks, width]` with each block dealt out among the K points by a shuffle of its own, so that every block
 * keeps its values, hence its variance, and no two blocks know of each other (the null of parallel analysis by
 * permutation: Buja and Eyuboglu 1992, doi:10.1207/s15327906mbr2704_2).
 *
 * A block is what must not be torn apart: one weight (width 1), or the probabilities of all classes on one sample.
 */
export function shuffledPoints<Values extends Float32Array | Float64Array>(
  points: Values,
  K: number,
  width: number,
  seed: number,
  draw: number,
): Values {
  const P = points.length / K;
  if (!Number.isInteger(P) || P % width !== 0)
    throw new RangeError(
      `${points.length} numbers are not ${K} points in blocks of ${width}: expected a multiple of ${K * width}`,
    );
  const random = randomStream(seed, 'shuffled-points', draw);
  const shuffled = points.slice() as Values;
  const order = Int32Array.from({ length: K }, (_, k) => k);
  for (let block = 0; block < P; block += width) {
    random.shuffle(order);
    for (let k = 0; k < K; k++)
      for (let i = 0; i < width; i++)
        shuffled[k * P + block + i] = points[order[k]! * P + block + i]!;
  }
  return shuffled;
}
