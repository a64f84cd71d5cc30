// Without WebGPU the page trains on WebAssembly and says why; asked for WebGPU by name, it says what to do.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openComputingPage, type ComputingPage } from './computing-page.ts';

const tiny = {
  name: 'tiny',
  data: { kind: 'xor', samples: 32 },
  hiddenSizes: [4],
  initialisations: 3,
  epochs: 2,
  grid: { size: 5 },
};

describe.each([
  {
    // A page from another machine by plain http gets none.
    missing: 'WebGPU',
    where: { host: 'atlas.test' },
    hasApi: false,
    reason: /not on WebGPU: this browser has no WebGPU/,
  },
  {
    missing: 'an adapter',
    where: { args: ['--disable-gpu'] },
    hasApi: true,
    reason: /not on WebGPU: this browser found no graphics adapter/,
  },
])('where $missing is missing', ({ where, hasApi, reason }) => {
  let page: ComputingPage;
  beforeAll(async () => {
    page = await openComputingPage(where);
  });
  afterAll(() => page.close());

  it('the browser is what the test takes it for', async () => {
    expect(await page.page.evaluate(() => 'gpu' in navigator)).toBe(hasApi);
  });

  it('the page trains on WebAssembly and says why', async () => {
    const trained = await page.train(tiny, 'auto');
    expect(trained).toMatchObject({ provider: 'wasm', failure: null });
    expect(trained.reason).toMatch(reason);
    expect(trained.losses.length).toBeGreaterThan(3);
  });

  it('asked for WebGPU by name, it says in a sentence that it cannot and what to choose', async () => {
    const { failure } = await page.train(tiny, 'webgpu');
    expect(failure).toMatch(/^WebGPU cannot run here: .+\. Choose WebAssembly/);
  });
});
