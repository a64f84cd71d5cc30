// Work on a device that is lost ends with the loss, whichever is told first.
import { expect, test } from 'vitest';
import { untilDeviceLost } from '../../../src/worker/device-loss.ts';
import { DeviceLostError } from '../../../src/worker/failures.ts';

const never = new Promise<never>(() => {});

test('work that ends is not disturbed by a device that lasts', async () => {
  expect(await untilDeviceLost({ lost: never }, () => Promise.resolve(5))).toBe(5);
});

test('work that would never end does so with the loss of its device', async () => {
  let told = 0;
  const work = untilDeviceLost({ lost: Promise.resolve('unplugged') }, () => never, {
    onLost: () => told++,
  });
  await expect(work).rejects.toThrow(new DeviceLostError('unplugged'));
  expect(told).toBe(1);
});

test('work that fails a moment before the loss is told ends with the loss', async () => {
  const lost = new Promise<string>((resolve) => setTimeout(() => resolve('unplugged'), 20));
  const work = untilDeviceLost({ lost }, () => Promise.reject(new Error('no result')));
  await expect(work).rejects.toThrow(DeviceLostError);
});

test('work that fails on a sound device fails with its own error', async () => {
  const work = untilDeviceLost({ lost: never }, () => Promise.reject(new Error('no result')));
  await expect(work).rejects.toThrow('no result');
});

test('an error that has nothing to do with the device is not held up', async () => {
  let told = 0;
  const lost = new Promise<string>((resolve) => setTimeout(() => resolve('unplugged'), 20));
  const work = untilDeviceLost({ lost }, () => Promise.reject(new Error('left')), {
    isUnrelated: () => true,
    onLost: () => told++,
  });
  await expect(work).rejects.toThrow('left');
  expect(told).toBe(0);
});
