// What a reader takes away from the laboratory: the files, opened again, are the run.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decodeFullLandscape, decodeHistory } from '../../src/artifact/full-tensors.ts';
import { decodeSafetensors } from '../../src/artifact/safetensors.ts';
import { parseExperiment } from '../../src/learning/parse-experiment.ts';
import { pythonWith, runPython } from '../reference/python.ts';
import { runAtlas, temporaryFolder } from '../unit/precompute/run-atlas.ts';
import { violations } from './axe.ts';
import type { LabState } from '../../src/laboratory/lab-state.ts';
import { openLab, smallState, unfold, type Lab } from './lab.ts';
import { openSite, screens, until, type Site, type Visit } from './site.ts';

let site: Site;
let visit: Visit;
let lab: Lab;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
afterEach(() => expect(visit.problems).toEqual([]));
const settings = smallState({ name: 'taken' });
/** Trains anew in the page that the tests before have used. */
async function trainAnew(state: LabState = settings): Promise<void> {
  await lab.reopen(state);
  await lab.train();
}

const take = (page: Page) => page.locator('[data-lab="export"]');
const button = (page: Page, file: string) => take(page).locator(`button[data-file="${file}"]`);
const openFiles = (page: Page) => unfold(take(page).locator('.export-single'));
const verdict = (page: Page) => take(page).locator('[data-export="verdict"]').innerText();

async function taken(
  page: Page,
  file: string,
  timeout = 60_000,
): Promise<{ name: string; bytes: Uint8Array }> {
  const [got] = await Promise.all([
    page.waitForEvent('download', { timeout }),
    button(page, file).click(),
  ]);
  return { name: got.suggestedFilename(), bytes: readFileSync(await got.path()) };
}

const status = (page: Page) => page.locator('[data-lab="transport"] .live-status').innerText();
const python = pythonWith('torch', 'matplotlib', 'numpy');
if (!python) console.warn('lab-take: the script of the zip is not run, there is no PyTorch here');

/** Trained here on WebAssembly, there by the native runtime: additions of 32 bits in another order. */
const tolerance = 1e-3;

describe('one page, for one run after the other', () => {
  beforeAll(async () => {
    ({ visit, lab } = await openLab(site, settings));
  });
  afterAll(() => visit.close());

  describe('what can be taken away', () => {
    it('is nothing before there is a run, and says so', async () => {
      const { page } = visit;
      expect(await button(page, 'zip').isDisabled()).toBe(true);
      expect(await take(page).locator('[data-export="reason"]').innerText()).toMatch(
        /There is no run to take away yet: train one\./,
      );
      await openFiles(page);
      expect(await button(page, 'curves').isDisabled()).toBe(true);
      expect(await take(page).locator('[data-export="name-curves"]').innerText()).toBe(
        'curves.csv',
      );
    });

    it('is everything in one zip, whose files belong together', async () => {
      const { page } = visit;
      await trainAnew();
      await until(() => button(page, 'zip').isEnabled(), true);
      const { name, bytes } = await taken(page, 'zip');
      expect(name).toBe('loss-atlas-taken.zip');
      const files = unzipSync(bytes);
      const file = (path: string) => files[`loss-atlas-taken/${path}`]!;
      const text = (path: string) => new TextDecoder().decode(file(path));
      expect(
        Object.keys(files)
          .map((path) => path.replace('loss-atlas-taken/', ''))
          .sort(),
      ).toEqual([
        'README.txt',
        'curves.csv',
        'data.safetensors',
        'experiment.json',
        'grid.csv',
        'landscape.safetensors',
        'loss_atlas.ipynb',
        'loss_atlas.py',
        'network-3.onnx',
        'network-3.safetensors',
        'networks.csv',
        'statistics.csv',
        'training.safetensors',
        'trajectories.csv',
        'weights.safetensors',
      ]);
      const experiment = parseExperiment(JSON.parse(text('experiment.json')), 'the zip');
      expect(experiment).toMatchObject({ name: 'taken', epochs: 40, hiddenSizes: [6] });
      const final = decodeSafetensors(file('weights.safetensors'), 'weights').tensors.get('final')!;
      expect(final.shape).toEqual([8, 32]);
      const { landscape } = decodeFullLandscape({
        bytes: file('landscape.safetensors'),
        where: 'landscape',
      });
      expect(landscape.snapshotSteps.at(-1)).toBe(40);
      expect(landscape.loss).toHaveLength(21 * 21);
      expect(text('curves.csv').split('\r\n')).toHaveLength(1 + 41 * 8 + 1);
      expect(text('loss_atlas.py')).toContain('PICKED = 3');
      // It was opened in ONNX Runtime, in this page.
      await until(async () => /^Opened in ONNX Runtime: /.test(await verdict(page)), true);
      expect(await verdict(page)).toMatch(
        /differ by at most \d\.\de-[6-9]|the same to the last bit/,
      );
      expect(page.url()).toContain('laboratory');
    });

    it('is trained again by the command, and PyTorch agrees with it', async () => {
      const { page } = visit;
      await trainAnew();
      await until(() => button(page, 'zip').isEnabled(), true);
      const { bytes } = await taken(page, 'zip');
      const folder = temporaryFolder();
      try {
        for (const [path, content] of Object.entries(unzipSync(bytes))) {
          mkdirSync(join(folder.path, path, '..'), { recursive: true });
          writeFileSync(join(folder.path, path), content);
        }
        const here = join(folder.path, 'loss-atlas-taken');
        const again = await runAtlas(
          ['run', 'experiment.json', '--out', 'artifacts', '--provider', 'cpu'],
          { cache: join(folder.path, 'cache'), cwd: here },
        );
        expect(again.status, again.stderr).toBe(0);
        const read = (under: string) => {
          const file = (name: string) => ({
            bytes: readFileSync(join(here, under, name)),
            where: name,
          });
          return decodeHistory(file('weights.safetensors'), file('training.safetensors'));
        };
        const [ours, theirs] = [read('.'), read('artifacts/taken')];
        const size = ours.networks * ours.parameters;
        expect(theirs.snapshots.subarray(0, size)).toEqual(ours.snapshots.subarray(0, size));
        const ends = theirs.curves.trainLoss.slice(-8);
        ours.curves.trainLoss.slice(-8).forEach((loss, network) => {
          expect(Math.abs(loss - (ends[network] as number))).toBeLessThan(tolerance);
        });
        if (!python) return;
        const { status, output } = runPython(python, ['loss_atlas.py'], here);
        expect(output).toMatch(/PyTorch agrees with Loss Atlas in \d+ comparisons\./);
        expect(status).toBe(0);
      } finally {
        folder.remove();
      }
    });

    it('are settings with the weights that a fork began with, in one zip', async () => {
      const { page } = visit;
      await trainAnew();
      await lab.openMore();
      await lab.press('fork');
      await openFiles(page);
      // Until the fork has been saved once, the run before it is what can be taken; between the two, nothing.
      let bytes = new Uint8Array();
      const nameOfSettings = async () => {
        const got = await taken(page, 'experiment', 5000);
        bytes = new Uint8Array(got.bytes);
        return got.name;
      };
      await until(nameOfSettings, 'loss-atlas-taken-settings.zip', 60_000);
      const files = unzipSync(bytes);
      const folder = 'loss-atlas-taken-settings/';
      expect(JSON.parse(new TextDecoder().decode(files[`${folder}experiment.json`]))).toMatchObject(
        {
          start: { path: 'start.safetensors' },
        },
      );
      const start = decodeSafetensors(files[`${folder}start.safetensors`]!, 'start');
      expect(start.tensors.get('final')?.shape).toEqual([8, 32]);
    });

    it('is nothing where the reader ends it, and can be had afterwards', async () => {
      const { page } = visit;
      await trainAnew(smallState({ name: 'taken', grid: { size: 401 } }, { panels: [] }));
      await until(() => button(page, 'zip').isEnabled(), true);
      let downloads = 0;
      page.on('download', () => downloads++);
      await button(page, 'zip').click();
      await take(page).getByText('Landscape: ').waitFor();
      expect(await button(page, 'curves').isDisabled()).toBe(true);
      await take(page).getByRole('button', { name: 'Cancel' }).click();
      await until(() => status(page), 'Nothing was saved: you ended it.');
      expect(downloads).toBe(0);
      await openFiles(page);
      expect((await taken(page, 'statistics')).name).toBe('statistics.csv');
    });

    it('is one file at a time, of the network that is picked', async () => {
      const { page } = visit;
      await trainAnew();
      await openFiles(page);
      await until(() => button(page, 'curves').isEnabled(), true);
      const curves = await taken(page, 'curves');
      expect(curves.name).toBe('curves.csv');
      expect(new TextDecoder().decode(curves.bytes)).toMatch(
        /^step,epoch,network,train_loss,test_loss,train_accuracy,test_accuracy,gradient_norm\r\n0,0,0,/,
      );
      const onnx = await taken(page, 'onnx');
      expect(onnx.name).toBe('network-3.onnx');
      await until(async () => /^Opened in ONNX Runtime: /.test(await verdict(page)), true);
      const grid = await taken(page, 'grid');
      expect(new TextDecoder().decode(grid.bytes).split('\r\n')).toHaveLength(1 + 21 * 21 + 1);
    });

    it('is the run at this moment, of either run', async () => {
      const { page } = visit;
      await trainAnew();
      await lab.openMore();
      await lab.press('keep');
      await until(() => take(page).locator('[data-export="runs"]').isVisible(), true);
      await take(page).getByRole('radio', { name: /^B:/ }).check();
      await openFiles(page);
      const { bytes } = await taken(page, 'experiment');
      expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({ name: 'taken' });
    });
  });

  describe('the export section', () => {
    it.each(['light', 'dark'] as const)('has no findings of axe in %s', async (colorScheme) => {
      const { page } = visit;
      await page.emulateMedia({ colorScheme });
      await trainAnew();
      await until(() => button(page, 'zip').isEnabled(), true);
      await openFiles(page);
      expect(await violations(page, { include: '[data-lab="export"]' })).toEqual([]);
    });
  });
});

describe('a fresh page', () => {
  afterEach(() => visit.close());

  it('leaves no object address behind', async () => {
    const before = `
      window.addresses = new Set();
      const { createObjectURL, revokeObjectURL } = URL;
      URL.createObjectURL = (thing) => {
        const address = createObjectURL(thing);
        addresses.add(address);
        return address;
      };
      URL.revokeObjectURL = (address) => {
        addresses.delete(address);
        revokeObjectURL(address);
      };
      const wait = window.setTimeout;
      window.setTimeout = (act, time, ...rest) => wait(act, time === 60000 ? 1500 : time, ...rest);`;
    ({ visit, lab } = await openLab(site, smallState({}, { panels: [] }), { before }));
    const { page } = visit;
    const open = () => page.evaluate('addresses.size');
    await lab.train();
    await openFiles(page);
    await until(() => button(page, 'curves').isEnabled(), true);
    const others = await open();
    await taken(page, 'curves');
    expect(await open()).toBe((others as number) + 1);
    await until(open, others);
  });

  it('fits a phone, with buttons that a finger can press', async () => {
    ({ visit, lab } = await openLab(site, smallState(), screens.phone));
    const { page } = visit;
    await openFiles(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    const heights = await take(page)
      .locator('button:visible, summary')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(14);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });
});
