// Training on WebGPU (a software adapter, so a tiny run) gives the losses that WebAssembly gives.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { softwareWebGpuArguments } from './chromium.ts';
import { openComputingPage, type ComputingPage, type PageTraining } from './computing-page.ts';

/** Small enough for an adapter in software; its surface is a sketch. */
const tiny = {
  name: 'tiny',
  data: { kind: 'moons', samples: 64, noise: 0.2 },
  hiddenSizes: [8],
  initialisations: 4,
  epochs: 20,
  snapshots: 3,
  learningRate: 0.02,
  grid: { size: 5 },
};
const records = 21;

let page: ComputingPage;
beforeAll(async () => {
  page = await openComputingPage({ args: softwareWebGpuArguments });
});
afterAll(() => page.close());

describe('a run of four networks', () => {
  let webgpu: PageTraining;
  let wasm: PageTraining;
  beforeAll(async () => {
    webgpu = await page.train(tiny, 'webgpu');
    wasm = await page.train(tiny, 'wasm');
  });

  it('runs to its end on the provider asked for', () => {
    expect(webgpu).toMatchObject({ provider: 'webgpu', failure: null });
    expect(wasm).toMatchObject({ provider: 'wasm', failure: null });
    expect(webgpu.losses).toHaveLength(records * tiny.initialisations);
  });

  it('learns', () => {
    const last = webgpu.losses.slice(-tiny.initialisations);
    last.forEach((loss, n) => expect(loss).toBeLessThan(0.8 * webgpu.losses[n]!));
  });

  it('has the same losses at every record, to one in a thousand', () => {
    const differences = webgpu.losses.map((loss, k) => Math.abs(loss / wasm.losses[k]! - 1));
    expect(Math.max(...differences)).toBeLessThan(1e-3);
  });
});

it('left to choose, the page takes WebAssembly over an adapter in software, and says why', async () => {
  const { provider, reason } = await page.train({ ...tiny, epochs: 2 }, 'auto');
  expect(provider).toBe('wasm');
  expect(reason).toMatch(/not on WebGPU: .*software/);
});
