// The training worker with strings attached: it takes a software adapter for a real one, and dies or loses its device when told to.
import { startWebProvider, whyNotWebGpu } from '../../../../src/engine/runtime/web.ts';
import { exposeTraining } from '../../../../src/worker/run/expose-training.ts';
import { createTrainingService } from '../../../../src/worker/run/training-service.ts';
import { pageDataSources } from '../../../../src/worker/data-sources.ts';
import { runtimeUrls } from '../../../../src/worker/runtime-urls.ts';

interface Device {
  destroy(): void;
}
interface Adapter {
  requestDevice(...options: unknown[]): Promise<Device>;
}

const devices: Device[] = [];
const { GPUAdapter: adapter } = globalThis as unknown as { GPUAdapter?: { prototype: Adapter } };
if (adapter) {
  const request = adapter.prototype.requestDevice;
  adapter.prototype.requestDevice = async function (...options) {
    const device = await request.apply(this, options);
    devices.push(device);
    return device;
  };
}

addEventListener('message', (event) => {
  if (event.data === 'lose-device') for (const device of devices) device.destroy();
  if (event.data === 'crash')
    setTimeout(() => {
      throw new Error('provoked');
    });
  if (event.data === 'fair') isFair = true;
  if (typeof event.data === 'string') event.stopImmediatePropagation();
});

/** Milliseconds by which the calls that measure WebAssembly are held up, so that a software adapter is faster. */
const delay = 1500;
/** One to warm up, and two that last as long as is measured. */
let heldUp = 3;
let isFair = false;

exposeTraining(
  createTrainingService({
    whyNotWebGpu,
    acceptSoftware: true,
    async start(provider, onDownload) {
      const executor = await startWebProvider(provider, { urls: runtimeUrls, onDownload });
      if (provider === 'webgpu' || isFair) return executor;
      return {
        ...executor,
        async compile(model) {
          const program = await executor.compile(model);
          return {
            ...program,
            async run(feeds) {
              if (heldUp-- > 0) await new Promise((resolve) => setTimeout(resolve, delay));
              return program.run(feeds);
            },
          };
        },
      };
    },
    sources: (csv) => pageDataSources('/', csv),
  }),
);
