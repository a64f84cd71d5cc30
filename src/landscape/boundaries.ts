// What each network would answer everywhere on the input plane.

/** Only for networks of two features. */
export interface Boundaries {
  /** `[minimum x, maximum x, minimum y, maximum y]` in normalised feature units. */
  readonly extent: readonly [number, number, number, number];
  /** Grid points a side; rows run from minimum y upwards, columns from minimum x. */
  readonly size: number;
  /** `[N, size * size]`: the most probable class. */
  readonly classes: Uint8Array;
  /** `[N, size * size]`: the probability of class 1 (two classes) or of the most probable class (more). */
  readonly probability: Float32Array;
}
