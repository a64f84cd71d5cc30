// Truth: norms and products of the directions counted from the numbers themselves.
import { expect, test } from 'vitest';
import { frameOfSpec } from '../../../../src/landscape/directions/frame-of-spec.ts';
import type { FrameSources } from '../../../../src/landscape/directions/frame-of-spec.ts';
import { sliceSpecSchema } from '../../../../src/landscape/directions/plane-spec.ts';
import type { SliceSpec } from '../../../../src/landscape/directions/plane-spec.ts';
import { randomDirection } from '../../../../src/landscape/directions/random-direction.ts';
import { projectOntoFrame } from '../../../../src/landscape/slices/project.ts';
import { dot, norm, randomHistory, snapshot } from './histories.ts';

const network = { sizes: [2, 3], activation: 'tanh', residual: false, bias: true } as const;
const P = 9;
const history = randomHistory(2, 4, P);
const sources: FrameSources = { network, seed: 42, history };
type Written = Parameters<typeof sliceSpecSchema.parse>[0];
const spec = (written: Written): SliceSpec => sliceSpecSchema.parse(written);
const view = (written: Written, more: Partial<FrameSources> = {}) =>
  frameOfSpec(spec(written), { ...sources, ...more });
const rowsOf = (basis: Float32Array) =>
  Array.from({ length: basis.length / P }, (_, d) => basis.slice(d * P, (d + 1) * P));

test('plain random directions are orthonormal, through the end of the network that is named', () => {
  const { frame, travelled, inView } = view({
    directions: 'random',
    normalise: 'none',
    dimensions: 3,
    centre: { network: 2 },
  });
  expect(frame.origin).toEqual(snapshot(history, 1, 2));
  const rows = rowsOf(frame.basis);
  for (const [i, row] of rows.entries())
    for (const [j, other] of rows.entries())
      expect(dot(row, other)).toBeCloseTo(i === j ? 1 : 0, 6);
  expect(inView).toBeNull();
  const moved = snapshot(history, 1, 2).map((value, p) => value - snapshot(history, 0, 2)[p]!);
  expect(travelled).toBeCloseTo(norm(moved), 5);
});

test('filter-normalised directions have the norms of the centre, whatever angle they meet at', () => {
  const { frame, inNetworkNorms } = view({ directions: 'random', centre: 'mean' });
  const mean = Array.from(
    { length: P },
    (_, p) => [0, 1, 2, 3].reduce((sum, n) => sum + snapshot(history, 1, n)[p]!, 0) / 4,
  );
  const [first, second] = rowsOf(frame.basis);
  for (const unit of [0, 1, 2])
    for (const row of [first!, second!])
      expect(Math.hypot(row[unit]!, row[3 + unit]!)).toBeCloseTo(
        Math.hypot(mean[unit]!, mean[3 + unit]!),
        5,
      );
  expect(Math.abs(dot(first!, second!))).toBeGreaterThan(1e-3);
  expect(frame.orthonormal).toBe(false);
  expect(inNetworkNorms).toBe(true);
  expect(frame.axisNames[0]).toBe('random direction 1, filter-normalised');
});

test('a line of a draw is an axis of its plane; other draws share nothing with it', () => {
  const basis = (dimensions: 1 | 2, draw: number) =>
    view({ directions: 'random', dimensions, draw }).frame.basis;
  expect(basis(1, 0)).toEqual(basis(2, 0).slice(0, P));
  const all = [...rowsOf(basis(2, 0)), ...rowsOf(basis(2, 1))].map((row) => row.join());
  expect(new Set(all).size).toBe(4);
});

test('the mean leaves out a network that diverged', () => {
  const lost = { ...history, divergedAt: Int32Array.of(-1, 3, -1, -1) };
  const { frame } = view({ directions: 'random', centre: 'mean' }, { history: lost });
  const three = [0, 2, 3].map((n) => snapshot(history, 1, n));
  for (let p = 0; p < P; p++)
    expect(frame.origin[p]).toBeCloseTo((three[0]![p]! + three[1]![p]! + three[2]![p]!) / 3, 6);
});

test('eigenvectors are taken from the end that is asked for', () => {
  const axis = (p: number) => Float32Array.from({ length: P }, (_, i) => (i === p ? 1 : 0));
  const eigenvectors = {
    top: Float32Array.of(...axis(5), ...axis(6)),
    bottom: Float32Array.of(...axis(7), ...axis(8)),
  };
  const basis = (which: 'top' | 'top-bottom' | 'bottom') =>
    rowsOf(view({ directions: 'hessian', which }, { eigenvectors }).frame.basis);
  expect(basis('top')).toEqual([axis(5), axis(6)]);
  expect(basis('top-bottom')).toEqual([axis(5), axis(7)]);
  expect(basis('bottom')).toEqual([axis(7), axis(8)]);
  expect(() =>
    view({ directions: 'hessian', which: 'top', dimensions: 3 }, { eigenvectors }),
  ).toThrow(
    "a slice along 3 top eigenvectors of the Hessian was given 2: compute them at the slice's centre first",
  );
});

test("an author's directions keep their lengths, and their origin", () => {
  const directions = Float32Array.of(...randomDirection(P, 1, 0), ...randomDirection(P, 1, 1));
  const written = { directions: 'user', path: 'mine.safetensors' } as const;
  const origin = randomDirection(P, 1, 2);
  const { frame } = view(written, { user: { directions, origin } });
  expect(frame.basis).toEqual(directions);
  expect(frame.origin).toEqual(origin);
  expect(frame.orthonormal).toBe(false);
  expect(view(written, { user: { directions, origin: null } }).frame.origin).toEqual(
    snapshot(history, 1, 0),
  );
  expect(() => view(written, { user: { directions: new Float32Array(10), origin: null } })).toThrow(
    "'directions' in mine.safetensors holds 10 numbers, but the network has 9 weights: expected [1, 9] to [3, 9]",
  );
  expect(() => view(written, { user: { directions, origin: new Float32Array(2) } })).toThrow(
    "'origin' in mine.safetensors holds 2 numbers",
  );
  expect(() => view(written)).toThrow('the directions of mine.safetensors were not read');
  const twice = Float32Array.of(...origin, ...origin.map((value) => -2 * value));
  expect(() => view(written, { user: { directions: twice, origin: null } })).toThrow(
    'direction 2 (direction 2) lies within the span of the directions before it',
  );
});

test('solutions are on their slice, and in view', () => {
  const { frame, inView } = view({ directions: 'three-solutions', plane: [3, 0, 2] });
  expect([...inView!]).toEqual([3, 0, 2].flatMap((n) => [...snapshot(history, 1, n)]));
  expect(Math.max(...projectOntoFrame(frame, inView!).off)).toBeLessThan(1e-5);
  const line = view({ directions: 'two-solutions', line: [1, 2] });
  expect(line.frame.axisNames).toEqual(['from network 1 to network 2']);
  expect(Math.max(...projectOntoFrame(line.frame, line.inView!).off)).toBeLessThan(1e-5);
});

test('a plane of components carries what chance would explain', () => {
  const { variance, nullShare } = view({ directions: 'pca', of: 'final-weights' });
  const [first, second] = variance!.nullExplainedVariance;
  expect(nullShare!.share).toBeCloseTo(first! + second!, 12);
  expect(nullShare!.phrase).toContain('4 untrained networks');
});
