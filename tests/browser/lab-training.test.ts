// The laboratory's training in Chromium: its worker, its providers, and what can go wrong, provoked.
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findChromium, quietArguments, softwareWebGpuArguments } from './chromium.ts';
import type { Heard, TrainingPage } from './test-pages/training/main.ts';
import { until } from './site.ts';
import { serveFolder, type StaticServer } from './static-server.ts';
import { buildTestPage } from './test-pages.ts';

/** Small enough for a graphics adapter made of software. */
const settings = {
  data: { kind: 'moons', samples: 64 },
  hiddenSizes: [8],
  initialisations: 4,
  epochs: 40,
  learningRate: 0.05,
  snapshots: 5,
};

let server: StaticServer;
let browser: Browser;
let page: Page;
/** Bytes after which the runtime's download breaks off; null for never. */
let cut: number | null = null;

beforeAll(async () => {
  server = await serveFolder(await buildTestPage('training'), {
    intercept(path, response) {
      if (cut === null || !path.endsWith('.wasm')) return false;
      response.setHeader('Content-Length', 10_000_000);
      response.write(new Uint8Array(cut), () => setTimeout(() => response.destroy(), 50));
      return true;
    },
  });
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...quietArguments, ...softwareWebGpuArguments],
  });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  cut = null;
  await page?.close();
  page = await browser.newPage();
  await page.goto(server.url);
  await until(() => page.evaluate(() => 'training' in globalThis), true);
});

const start = (which: Parameters<TrainingPage['start']>[0]) =>
  page.evaluate((name) => globalThis.training.start(name), which);
const open = (provider: 'auto' | 'webgpu' | 'wasm', changes: object = {}, resume = false) =>
  page.evaluate(([chosen, given, goesOn]) => globalThis.training.open(given, chosen, goesOn), [
    provider,
    { ...settings, ...changes },
    resume,
  ] as const);
const command = (name: Parameters<TrainingPage['command']>[0], times = 1) =>
  page.evaluate(([named, count]) => globalThis.training.command(named, count), [
    name,
    times,
  ] as const);
const provoke = (what: Parameters<TrainingPage['provoke']>[0]) =>
  page.evaluate((named) => globalThis.training.provoke(named), what);
const heard = async (kind: Heard['kind']): Promise<Heard[]> => {
  const all = await page.evaluate(() => globalThis.training.heard());
  return all.filter((message) => message.kind === kind);
};
const saved = () => page.evaluate(() => globalThis.training.saved());
const phase = async () => (await heard('phase')).at(-1)?.phase;
const savedStep = async () => (await saved())?.step ?? null;

/** The weights of these settings after all their epochs, never stopped. */
async function whole(changes: object = {}): Promise<number[]> {
  await start('plain');
  await open('wasm', changes);
  await command('play');
  await until(phase, 'ended');
  return (await saved())!.weights;
}

test('a cold start downloads the runtime once, says how far it is, and trains to the end', async () => {
  await start('plain');
  expect(await open('auto')).toMatchObject({ kind: 'opened', totalSteps: 40 });
  expect((await heard('download')).length).toBeGreaterThan(0);
  expect((await heard('provider'))[0]).toMatchObject({
    provider: 'wasm',
    reason: 'Computing on WebAssembly; not on WebGPU: its only graphics adapter is a software one.',
    times: null,
  });
  await command('play');
  await until(phase, 'ended');
  expect((await heard('frame')).at(-1)!.step).toBe(40);
  expect(await savedStep()).toBe(40);
});

test('auto measures both providers on one download, takes the faster, and the reader overrides it', async () => {
  await start('fair');
  const before = server.requested.filter((path) => path.endsWith('.wasm')).length;
  expect(await open('auto')).toMatchObject({ kind: 'opened' });
  const [chosen] = await heard('provider');
  expect(chosen!.reason).toMatch(
    /^WebGPU [\d.]+ ms a step, WebAssembly [\d.]+ ms: computing on WebAssembly\.$/,
  );
  expect(chosen!.times!.webgpu).toBeGreaterThan(chosen!.times!.wasm!);
  await command('step');
  await until(savedStep, 1);
  const onWasm = (await saved())!.weights;
  expect(await open('webgpu')).toMatchObject({ kind: 'opened' });
  expect((await heard('provider')).at(-1)).toMatchObject({
    provider: 'webgpu',
    reason: 'Computing on WebGPU.',
  });
  await command('step');
  await until(savedStep, 1);
  const onWebGpu = (await saved())!.weights;
  onWebGpu.forEach((weight, k) => expect(Math.abs(weight - onWasm[k]!)).toBeLessThan(1e-4));
  const loaded = server.requested.filter((path) => path.endsWith('.wasm')).slice(before);
  expect(loaded).toHaveLength(1);
});

test('a graphics device that is destroyed while it trains: the run goes on from its last saving, on WebAssembly', async () => {
  await start('slow-wasm');
  await open('auto');
  expect((await heard('provider'))[0]!.reason).toMatch(/: computing on WebGPU\.$/);
  await command('step', 3);
  await until(savedStep, 3);
  await command('play');
  await until(phase, 'playing');
  await provoke('lose-device');
  await until(phase, 'ended');
  expect((await heard('fallback')).map(({ sentence }) => sentence)).toEqual([
    expect.stringMatching(
      /^The graphics device was lost, so training goes on from step \d+, which was saved, on WebAssembly\.$/,
    ),
  ]);
  expect((await heard('provider')).at(-1)!.provider).toBe('wasm');
  const { step, weights } = (await saved())!;
  expect(step).toBe(40);
  const alone = await whole();
  weights.forEach((weight, k) => expect(Math.abs(weight - alone[k]!)).toBeLessThan(2e-3));
});

test('a device destroyed where WebGPU was named is told with a way on, which works', async () => {
  await start('fair');
  await open('webgpu');
  await command('step', 2);
  await until(savedStep, 2);
  await command('play');
  await provoke('lose-device');
  await until(async () => (await heard('failed')).length, 1);
  expect((await heard('failed'))[0]!.sentence).toMatch(
    /^The graphics device was lost while training .*train again on WebAssembly/,
  );
  expect(await open('wasm', {}, true)).toMatchObject({ kind: 'opened' });
  await command('play');
  await until(phase, 'ended');
  expect(await savedStep()).toBe(40);
});

test('a worker that crashes leaves what was saved, and another goes on to the same weights', async () => {
  const changes = { epochs: 20_000 };
  await start('fair');
  await open('wasm', changes);
  await command('step', 7);
  await until(savedStep, 7);
  await command('play');
  await until(phase, 'playing');
  await provoke('crash');
  await until(async () => (await heard('failed')).length, 1);
  expect((await heard('failed'))[0]!.sentence).toMatch(
    /^The training worker stopped \(.*provoked.*\); what was saved at step \d+ is intact, so go on from there/,
  );
  expect(await savedStep()).toBeGreaterThanOrEqual(7);
  expect(await open('wasm', changes, true)).toMatchObject({ kind: 'opened' });
  await command('step', 3);
  await until(async () => (await saved())!.step >= 10, true);
  const { step, weights } = (await saved())!;
  expect(weights).toEqual(await whole({ ...changes, epochs: step }));
});

test('a download that breaks off is told, nothing of it is kept, and the next try works', async () => {
  cut = 200_000;
  await start('plain');
  const outcome = await open('wasm');
  expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'download' } });
  expect((outcome as { failure: { sentence: string } }).failure.sentence).toMatch(
    /could not be loaded \(the download broke off after \d+ bytes\).*check the connection and train again\.$/,
  );
  cut = null;
  expect(await open('wasm')).toMatchObject({ kind: 'opened' });
  await command('step');
  await until(savedStep, 1);
});

test('a tab that draws nothing trains on, pauses and saves, and draws again when it is seen', async () => {
  await start('plain');
  await open('wasm', { epochs: 2000 });
  await page.evaluate(() => {
    // What a hidden tab does: frames are asked for and never come, until it is seen again.
    const draw = globalThis.requestAnimationFrame;
    const waiting: FrameRequestCallback[] = [];
    globalThis.requestAnimationFrame = (callback) => waiting.push(callback);
    Object.assign(globalThis, {
      show() {
        globalThis.requestAnimationFrame = draw;
        for (const callback of waiting) draw(callback);
      },
    });
  });
  await command('play');
  await until(phase, 'ended');
  expect(await savedStep()).toBe(2000);
  const drawn = (await heard('frame')).at(-1)!.step!;
  expect(drawn).toBeLessThan(2000);
  await page.evaluate(() => (globalThis as unknown as { show(): void }).show());
  await until(async () => (await heard('frame')).at(-1)!.step, 2000);
});

test('a tab that the browser freezes goes on when it is thawed', async () => {
  await start('plain');
  await open('wasm', { epochs: 3000 });
  const browserSide = await page.context().newCDPSession(page);
  await command('play');
  await until(phase, 'playing');
  await browserSide.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await browserSide.send('Page.setWebLifecycleState', { state: 'active' });
  await until(phase, 'ended');
  expect(await savedStep()).toBe(3000);
  await until(async () => (await heard('frame')).at(-1)!.step, 3000);
});
