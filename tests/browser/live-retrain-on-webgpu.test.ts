// The live retrain of the page on WebGPU (a software adapter, four tiny networks) against the same on WebAssembly.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { softwareWebGpuArguments } from './chromium.ts';
import { lossesIn, Live } from './live.ts';
import { chapterPath, openSite, until, type Site, type Visit } from './site.ts';

const tiny = {
  Initialisations: '4',
  'Hidden sizes': '8',
  Points: '64',
  Epochs: '20',
  'Learning rate': '0.02',
};

let site: Site;
let visit: Visit;
let live: Live;
beforeAll(async () => {
  site = await openSite({ args: softwareWebGpuArguments });
  visit = await site.visit(chapterPath('fifty-starts'));
  live = new Live(visit.page);
  await live.reach();
});
afterAll(() => site.close());

/** The surface of ten thousand networks is left out: a software adapter takes its time. */
async function trainOn(provider: string): Promise<{ summary: string; badge: string }> {
  await live.set({ ...tiny, 'Compute on': provider });
  await live.press('train');
  await live.waitForPhase('drawing');
  await live.press('stop');
  return { summary: await live.finish(), badge: await live.textOf('.live-badge') };
}

it('trains on WebGPU, says so, and loses what WebAssembly loses', async () => {
  const webgpu = await trainOn('webgpu');
  expect(webgpu.badge).toMatch(/^WebGPU · [\d.]+ ms a step$/);
  expect(webgpu.summary).toMatch(/^4 networks trained for 20 epochs, .* on WebGPU\./);
  const wasm = await trainOn('wasm');
  expect(wasm.badge).toMatch(/^WebAssembly/);
  const [ours, theirs] = [lossesIn(webgpu.summary), lossesIn(wasm.summary)];
  expect(ours).toHaveLength(3);
  // Three digits are written.
  ours.forEach((loss, k) => expect(Math.abs(loss / theirs[k]! - 1)).toBeLessThan(0.011));
  expect(visit.problems).toEqual([]);
});

it('says that the landscape was left out where the reader skipped it', async () => {
  await until(() => live.textOf('.live-status'), 'Done; the landscape was left out.');
});
