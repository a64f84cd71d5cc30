import { expect, test } from 'vitest';
import { FramePacer } from '../../../src/worker/frame-pacer.ts';

const stage = { kind: 'stage', stage: 'train' } as const;
/** Frames that cost nothing: a machine that is busy must not ask for a rest. */
const still = () => 0;

test('no frame is made while one is under way', async () => {
  const shown = Promise.withResolvers<void>();
  const pacer = new FramePacer(() => shown.promise, still);
  let made = 0;
  const make = () => {
    made++;
    return stage;
  };
  expect(await pacer.offer(make)).toBe(true);
  expect(await pacer.offer(make)).toBe(false);
  expect(made).toBe(1);
  shown.resolve();
  await pacer.idle();
  expect(await pacer.offer(make)).toBe(true);
});

test('a frame that took long to make is followed by a rest three times as long', async () => {
  let now = 0;
  const pacer = new FramePacer(
    () => Promise.resolve(),
    () => now,
  );
  await pacer.send(() => {
    now += 100;
    return stage;
  });
  await pacer.idle();
  now = 399;
  expect(pacer.isReady).toBe(false);
  now = 400;
  expect(pacer.isReady).toBe(true);
});

test('a page that cannot show a frame is not waited for', async () => {
  const pacer = new FramePacer(() => Promise.reject(new Error('gone')), still);
  await pacer.send(() => stage);
  await pacer.idle();
  expect(pacer.isReady).toBe(true);
});
