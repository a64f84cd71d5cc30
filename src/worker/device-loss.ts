// Work on a graphics device that may be lost in the middle of it.
import type { Executor } from '../engine/runtime/executor.ts';
import { DeviceLostError } from './failures.ts';

/** Milliseconds in which the loss of a device is told after a computation has failed on it. */
const lossIsToldWithin = 100;

export interface DeviceWork {
  /** Called where the device is lost, also after the work is over. */
  onLost?(): void;
  /** Whether an error has nothing to do with the device, and need not wait for news of it. */
  isUnrelated?(error: unknown): boolean;
}

/** The result of `work`. @throws DeviceLostError as soon as the executor's device is lost; what the work throws. */
export async function untilDeviceLost<Result>(
  { lost: loss }: Pick<Executor, 'lost'>,
  work: () => Promise<Result>,
  { onLost = () => {}, isUnrelated = () => false }: DeviceWork = {},
): Promise<Result> {
  const lost = loss.then((message) => {
    onLost();
    throw new DeviceLostError(message);
  });
  lost.catch(() => {});
  try {
    return await Promise.race([work(), lost]);
  } catch (error) {
    if (error instanceof DeviceLostError || isUnrelated(error)) throw error;
    await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, lossIsToldWithin))]);
    throw error;
  }
}
