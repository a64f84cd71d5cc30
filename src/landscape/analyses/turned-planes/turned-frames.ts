// The planes of a turn, and what follows from them without evaluating a loss.
import { planeThroughThree } from '../../directions/solution-planes.ts';
import { turnedDirections, degreesBetweenPlanes } from '../../directions/turned-frames.ts';
import { principalComponents } from '../../pca.ts';
import { evenlySpaced } from '../../plane.ts';
import { orthonormalFrame, type Frame } from '../../slices/frame.ts';
import { projectOntoFrame } from '../../slices/project.ts';
import { rowOf } from '../analysis.ts';
import { numericArray, type NumericArray } from '../numeric-array.ts';
import type { StationNumbers, TurnedPlanesResult } from './turned-planes-result.ts';

export interface TurnSources {
  /** `[S, P]`: snapshots of the network in the middle; the last is where it ended. */
  readonly snapshots: Float32Array;
  /** `[2, P]`: where the two others ended. */
  readonly others: Float32Array;
  /** `[2, P]`: eigenvectors of its two largest eigenvalues. */
  readonly sharpest: Float32Array;
  readonly parameters: number;
  readonly steps: number;
  readonly size: number;
}

const names = ['first direction', 'second direction'];

/** Frames of all planes, from the sharpest directions by the walk's own to the plane through three solutions. */
export function turnedFrames(sources: TurnSources): Frame[] {
  const { snapshots, others, sharpest, parameters: P, steps } = sources;
  const S = snapshots.length / P;
  const centre = rowOf(snapshots, P, S - 1).slice();
  const walk = principalComponents(snapshots, S, P, 2).directions;
  const plane = planeThroughThree(centre, rowOf(others, P, 0), rowOf(others, P, 1));
  const planes = [
    Float64Array.from(orthonormalFrame(centre, sharpest, names).basis),
    walk,
    Float64Array.from(plane.basis),
  ];
  return Array.from({ length: 2 * steps + 1 }, (_, index) => {
    const leg = Math.min(1, Math.floor(index / steps));
    const directions = turnedDirections(planes[leg]!, planes[leg + 1]!, index / steps - leg);
    return orthonormalFrame(centre, directions, names);
  });
}

/** What follows from the frames, the networks and the settings alone. */
export function measuresOfFrames(frames: readonly Frame[], sources: TurnSources) {
  const { snapshots, others, parameters: P, steps, size } = sources;
  const T = frames.length;
  const S = snapshots.length / P;
  const walks = frames.map((frame) => projectOntoFrame(frame, snapshots).coordinates);
  const ends = frames.map((frame) => projectOntoFrame(frame, others));
  const reach = Math.max(...[...walks, ...ends.map((end) => end.coordinates)].map(largest));
  return {
    axis: numericArray([size], evenlySpaced(-1.08 * reach, 1.08 * reach, size), {
      rounding: 'exact',
    }),
    angle: numericArray(
      [T],
      frames.map(({ basis }, t) => {
        const left = frames[t > steps ? steps : 0]!;
        return degreesBetweenPlanes(Float64Array.from(left.basis), Float64Array.from(basis));
      }),
    ),
    walkShare: numericArray(
      [T],
      walks.map((walk) => spread(walk, 2) / spread(snapshots, P)),
    ),
    walk: numericArray([T, S, 2], joined(walks)),
    others: numericArray([T, 2, 2], joined(ends.map((end) => end.coordinates))),
    othersOff: numericArray([T, 2], joined(ends.map((end) => end.off))),
  };
}

/** What the named planes hold, from the tensors of all. */
export function stationsOf(
  steps: number,
  walkShare: NumericArray,
  curvature: NumericArray,
): TurnedPlanesResult['stations'] {
  const of = (index: number): StationNumbers => ({
    walkShare: walkShare.values[index * steps]!,
    curvature: [curvature.values[2 * index * steps]!, curvature.values[2 * index * steps + 1]!],
  });
  return { sharpest: of(0), walk: of(1), solutions: of(2) };
}

export const lossesOf = (T: number, size: number, losses: readonly Float32Array[]) =>
  numericArray([T, size, size], joined(losses), { scaling: 'log', rounding: 'map' });

const largest = (values: Float32Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Sum of squared distances of points `[K, width]` from their mean. */
function spread(points: Float32Array, width: number): number {
  const K = points.length / width;
  const mean = new Float64Array(width);
  for (const [i, value] of points.entries()) mean[i % width]! += value / K;
  return points.reduce((sum, value, i) => sum + (value - mean[i % width]!) ** 2, 0);
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
