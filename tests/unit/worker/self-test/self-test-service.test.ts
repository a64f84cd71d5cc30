// The self-test's service and client: what they tell the page, in which order, and one sentence where they cannot.
import { expect, it, describe } from 'vitest';
import { ProviderError, type Executor } from '../../../../src/engine/runtime/executor.ts';
import { selfTestFailure } from '../../../../src/worker/self-test/self-test-failure.ts';
import type { SelfTestMessage } from '../../../../src/worker/self-test/self-test-messages.ts';
import { createSelfTestService } from '../../../../src/worker/self-test/self-test-service.ts';
import { startSelfTest } from '../../../../src/worker/self-test/self-test-client.ts';
import { cpu } from '../cpu-executor.ts';
import { experiment, sources } from './small-run.ts';

const request = { provider: 'wasm', run: 'small', experiment, initialChecksum: null } as const;
const read = (path: string) => Promise.reject(new Error(`The file ${path} could not be loaded`));

describe('the service', () => {
  it('names the provider first, then tells every result, and gives the executor back', async () => {
    const messages: SelfTestMessage[] = [];
    let isDisposed = false;
    const service = createSelfTestService({
      async createExecutor() {
        const executor = await cpu();
        return {
          ...executor,
          dispose() {
            isDisposed = true;
            executor.dispose();
          },
        };
      },
      sources,
      read,
    });
    const outcome = await service.run(request, (message) => void messages.push(message));
    expect(outcome.kind).toBe('done');
    expect(messages[0]!.kind).toBe('provider');
    expect(messages.filter(({ kind }) => kind === 'result')).toHaveLength(13);
    expect(isDisposed).toBe(true);
  });

  it('tells in one sentence what to do where no provider runs', async () => {
    const service = createSelfTestService({
      createExecutor: () =>
        Promise.reject(
          new ProviderError('WebGPU cannot run here: no adapter. Choose WebAssembly.'),
        ),
      sources,
      read,
    });
    expect(await service.run(request, () => {})).toEqual({
      kind: 'failed',
      sentence: 'WebGPU cannot run here: no adapter. Choose WebAssembly.',
    });
  });

  it('ends at once where the graphics device is lost', async () => {
    const service = createSelfTestService({
      async createExecutor() {
        const executor = await cpu();
        const lost: Executor = { ...executor, lost: Promise.resolve('the driver was reset') };
        return lost;
      },
      sources,
      read,
    });
    const outcome = await service.run(request, () => {});
    expect(outcome).toEqual({
      kind: 'failed',
      sentence:
        'The graphics device was lost (the driver was reset); run the tests on WebAssembly.',
    });
  });
});

it.each([
  [new Error('Failed to fetch'), /^The runtime or the published files could not be loaded/],
  [new RangeError('Array buffer allocation failed'), /no memory left.*close other tabs/],
  [new Error('something else\nand its stack'), /\(something else\); run them on WebAssembly/],
])('%s becomes one sentence that says what to do', (error, sentence) => {
  expect(selfTestFailure(error)).toMatch(sentence);
  expect(selfTestFailure(error)).toMatch(/^[^\n]+\.$/);
});

describe('the client', () => {
  class SilentWorker extends EventTarget {
    isTerminated = false;
    postMessage(): void {}
    terminate(): void {
      this.isTerminated = true;
    }
  }
  const silent = () => {
    const worker = new SilentWorker();
    return {
      worker,
      run: startSelfTest(
        request,
        () => {},
        () => worker as unknown as Worker,
      ),
    };
  };

  it('ends the worker when it is stopped, with no outcome', async () => {
    const { worker, run } = silent();
    run.stop();
    expect(await run.outcome).toBeNull();
    expect(worker.isTerminated).toBe(true);
  });

  it('tells of a worker that dies', async () => {
    const { worker, run } = silent();
    worker.dispatchEvent(new Event('error'));
    expect(await run.outcome).toMatchObject({
      kind: 'failed',
      sentence: expect.stringMatching(
        /^The worker of the tests stopped; reload the page/,
      ) as string,
    });
    expect(worker.isTerminated).toBe(true);
  });

  it('tells of a worker that cannot be made, as on a page opened from the disk', async () => {
    const run = startSelfTest(
      request,
      () => {},
      () => {
        throw new Error('blocked');
      },
    );
    expect(await run.outcome).toMatchObject({
      kind: 'failed',
      sentence: expect.stringMatching(/could not be started \(blocked\); serve the page/) as string,
    });
  });
});
