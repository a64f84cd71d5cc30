// A control that runs by itself: by the clock of the frames, to the end, and no further.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { stepMilliseconds } from '../../../../src/elements/figure-controls/control-model.ts';
import type { PlaybackOptions } from '../../../../src/elements/figure-controls/playback.ts';

let calm = false;
vi.stubGlobal('matchMedia', () => ({
  get matches() {
    return calm;
  },
  addEventListener() {},
}));
vi.stubGlobal('window', globalThis);
const { Playback } = await import('../../../../src/elements/figure-controls/playback.ts');

/** Frames of a sixtieth of a second, on a clock of the test's own. */
let now = 0;
let frames: ((time: number) => void)[] = [];
const runFor = (milliseconds: number): void => {
  for (const end = now + milliseconds; now < end && frames.length > 0;) {
    now += 1000 / 60;
    for (const frame of frames.splice(0)) frame(now);
  }
};

beforeEach(() => {
  calm = false;
  now = 0;
  frames = [];
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (act: (time: number) => void) => frames.push(act));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => vi.useRealTimers());

function player(count: number, start: number, own: Partial<PlaybackOptions> = {}) {
  let index = start;
  const arrived: number[] = [];
  const shares: number[] = [];
  const signs: boolean[] = [];
  const playback = new Playback({
    count: () => count,
    at: () => index,
    pass: (from, to, share) => {
      expect(to).toBe(from + 1);
      shares.push(from + share);
    },
    arrive: (next) => arrived.push((index = next)),
    changed: (isPlaying) => signs.push(isPlaying),
    ...own,
  });
  return { playback, arrived, shares, signs, at: () => index };
}

it('passes every option in turn, draws the way between, and stops at the last', () => {
  const { playback, arrived, shares, signs } = player(11, 0);
  playback.start();
  runFor(stepMilliseconds(11, 1) * 12);
  expect(arrived).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(shares.length).toBeGreaterThan(100);
  expect(shares.every((share, i) => i === 0 || share >= shares[i - 1]!)).toBe(true);
  expect(signs).toEqual([true, false]);
  expect(frames).toEqual([]);
});

it('begins again where it stands at the end', () => {
  const { playback, arrived } = player(3, 2);
  playback.start();
  expect(arrived).toEqual([0]);
});

it('goes half as far in the same time when slowed', () => {
  const fast = player(101, 0);
  fast.playback.start();
  runFor(2000);
  fast.playback.stop();
  const slow = player(101, 0);
  slow.playback.speed = 0.5;
  slow.playback.start();
  runFor(2000);
  expect(Math.abs(slow.at() * 2 - fast.at())).toBeLessThanOrEqual(2);
});

it('loses no more than a tenth of a second to a tab that was hidden', () => {
  const { playback, at } = player(101, 0);
  playback.start();
  runFor(100);
  const before = at();
  now += 60_000;
  runFor(40);
  expect(at() - before).toBeLessThan(5);
});

it('draws nothing between options under reduced motion, and takes a dozen stops', () => {
  calm = true;
  const { playback, arrived, shares } = player(101, 0);
  playback.start();
  vi.advanceTimersByTime(30_000);
  expect(shares).toEqual([]);
  expect(arrived.length).toBeLessThanOrEqual(12);
  expect(arrived.at(-1)).toBe(100);
  expect(playback.isPlaying).toBe(false);
});

it('a stop leaves no timer behind', () => {
  calm = true;
  const { playback, arrived } = player(101, 0);
  playback.start();
  playback.stop();
  vi.advanceTimersByTime(30_000);
  expect(arrived).toEqual([]);
});

it('goes on from between two, at the pace that it is given', () => {
  const shares: number[] = [];
  const { playback, arrived } = player(11, 0, {
    at: () => 2.5,
    pass: (from, _, share) => shares.push(from + share),
    milliseconds: () => 100,
  });
  playback.start();
  runFor(200);
  expect(shares[0]).toBeGreaterThan(2.5);
  expect(shares.at(-1)).toBeCloseTo(4.5, 0);
  expect(arrived).toEqual([3, 4]);
});

it('shows the end at once under reduced motion where it is told to', () => {
  calm = true;
  const { playback, arrived, signs } = player(101, 0, { endsAtOnceWhenCalm: true });
  playback.start();
  expect(arrived).toEqual([100]);
  expect(signs).toEqual([true, false]);
  expect(playback.isPlaying).toBe(false);
});
