// The data section of the laboratory in Chromium: tables, drawn points and weights become what is learned from, by pointer and by keys alone.
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeSafetensors, stored } from '../../src/artifact/safetensors.ts';
import { parseExperiment } from '../../src/learning/parse-experiment.ts';
import { encodeLink } from '../../src/laboratory/storage/lab-link.ts';
import { standardState } from '../../src/laboratory/storage/standard-state.ts';
import { violations } from './axe.ts';
import { chapterPath, openSite, screens, until, type Site, type Visit } from './site.ts';

let site: Site;
let visit: Visit;
let page: Page;
let section: Locator;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

async function open(options: Parameters<Site['visit']>[1] = {}, hash = ''): Promise<void> {
  visit = await site.visit(chapterPath('laboratory') + hash, {
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    ...options,
  });
  page = visit.page;
  section = page.locator('[data-lab="data"]');
  await section.scrollIntoViewIfNeeded();
  await page.waitForSelector('atlas-lab[data-near]');
  await page.locator('#lab-data-title').click();
  await page.waitForSelector('[data-lab="data"][data-ready]', { timeout: 20_000 });
}

const part = (name: string): Locator => section.locator(`[data-part="${name}"]`);
const text = async (name: string): Promise<string> => (await part(name).textContent()) ?? '';
const shows = (name: string, words: RegExp): Promise<void> =>
  until(async () => words.test(await text(name)) || (await text(name)), true);
const unfold = (name: string): Promise<void> =>
  part(name).evaluate((details) => {
    (details as HTMLDetailsElement).open = true;
  });

const csvFile = (name: string, lines: string | Uint8Array) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(lines),
});
const flowers = [
  'length,width,colour,kind',
  ...Array.from(
    { length: 40 },
    (_, i) =>
      `${i % 7},${i % 10 === 0 ? '' : i % 5},${i % 2 ? 'red' : 'blue'},${i < 30 ? 'rose' : 'lily'}`,
  ),
].join('\n');

/** What is dropped comes with an event that no pointer of a test can make. */
const drop = (name: string, contents: string): Promise<void> =>
  section.evaluate(
    (element, [fileName, lines]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([lines], fileName));
      for (const type of ['dragenter', 'dragover', 'drop'])
        element.dispatchEvent(
          new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }),
        );
    },
    [name, contents] as const,
  );

describe('on a desktop', () => {
  beforeEach(() => open());
  afterEach(() => visit.close());

  it('draws what the standard experiment learns from, training and test part', async () => {
    await shows('picture-words', /^384 to train on, 128 to test; 2 classes\.$/);
    const marks = part('picture').locator('path.mark, path.mark-hollow');
    // Two classes in two parts, and three keys.
    await until(() => marks.count(), 7);
  });

  it('reads a table, proposes roles, and tells what comes out', async () => {
    await unfold('table-part');
    await part('table-file').setInputFiles(csvFile('flowers.csv', flowers));
    await shows('table-outcome', /^36 rows, 4 features, 2 classes: ready to learn from\./);
    expect(await text('table-outcome')).toContain('lily9 (25.0%)rose27 (75.0%)');
    expect(await text('table-outcome')).toContain('4 rows with a missing value left out.');
    expect(await part('table').locator('caption').textContent()).toBe(
      'flowers.csv: 40 rows, 4 columns. The first 8 rows.',
    );
    expect(await part('table').locator('tbody tr').count()).toBe(10);
    await shows('picture-words', /^27 to train on, 9 to test; 2 classes\. .*4 features/);
    await part('table').getByLabel('Missing values').selectOption('mean');
    await shows('table-outcome', /^40 rows, 4 features/);
    await shows('picture-words', /^30 to train on, 10 to test/);
    expect(visit.problems).toEqual([]);
  });

  it('keeps the focus on the role that was changed', async () => {
    await unfold('table-part');
    await part('table-file').setInputFiles(csvFile('flowers.csv', flowers));
    await shows('table-outcome', /^36 rows, 4 features/);
    const role = part('table').getByLabel('Role of colour');
    await role.focus();
    await role.selectOption('leave-out');
    await shows('table-outcome', /^36 rows, 2 features, 2 classes/);
    await shows('picture-words', /^27 to train on, 9 to test; 2 classes\.$/);
    expect(await role.evaluate((select) => document.activeElement === select)).toBe(true);
    await role.selectOption('label');
    await shows('table-outcome', /red|blue/);
    await shows('table-outcome', /^36 rows, 4 features, 2 classes/);
  });

  it('shows the former table again when its choice is undone', async () => {
    await unfold('table-part');
    await part('table-file').setInputFiles(csvFile('flowers.csv', flowers));
    await shows('table-outcome', /^36 rows, 4 features/);
    await shows('picture-words', /^27 to train on/);
    // Changes of one thing in quick succession are undone together.
    await page.waitForTimeout(900);
    const role = part('table').getByLabel('Role of colour');
    await role.selectOption('leave-out');
    await shows('table-outcome', /^36 rows, 2 features/);
    await page.keyboard.press('Control+z');
    await shows('table-outcome', /^36 rows, 4 features/);
    expect(await role.inputValue()).toBe('one-hot');
    await shows('picture-words', /4 features/);
  });

  it('takes what is dropped anywhere on it, and what is pasted', async () => {
    await drop('dropped.csv', 'a;b;y\n1;2;p\n3;4;q\n5;1;p\n2;2;q');
    await shows('table-outcome', /^4 rows, 2 features, 2 classes/);
    expect(await section.getAttribute('data-drop')).toBeNull();
    await part('table-text').fill('a\tb\n1\tx\n2\ty\n3\tx\n4\ty\n5\tx');
    await part('table-paste').click();
    await shows('table-outcome', /^5 rows, 1 feature, 2 classes/);
    await shows('picture-words', /One feature: each class lies on a line of its own\.$/);
  });

  it('reads fifty thousand rows, and refuses one more in a sentence', async () => {
    const rows = (count: number): string =>
      `x,y,kind\n${Array.from({ length: count }, (_, i) => `${i % 97},${(i * 31) % 89},${i % 3}`).join('\n')}`;
    await unfold('table-part');
    await part('table-file').setInputFiles(csvFile('many.csv', rows(50_000)));
    await shows('table-outcome', /^50,000 rows, 2 features, 3 classes/);
    await shows(
      'picture-words',
      /^37,500 to train on, 12,500 to test; 3 classes\. 1,60\d of them are drawn\.$/,
    );
    await part('table-file').setInputFiles(csvFile('more.csv', rows(50_001)));
    await shows('table-words', /^The file has more than 50000 rows of data: .*\(more\.csv\)\.$/);
  });

  it('refuses what is not UTF-8 in one sentence', async () => {
    await unfold('table-part');
    const latin = Uint8Array.from([...Buffer.from('a,y\n1,p\n2,'), 0xe4]);
    await part('table-file').setInputFiles(csvFile('latin.csv', latin));
    await shows(
      'table-words',
      /^Line 3 holds bytes that are not text: expected a CSV file in UTF-8/,
    );
    await shows('picture-words', /^384 to train on/);
  });

  it('says that a measured label becomes classes', async () => {
    await unfold('table-part');
    const lines = Array.from({ length: 60 }, (_, i) => `${i % 50},${i * 1.5}`);
    await part('table-file').setInputFiles(
      csvFile('prices.csv', `size,price\n${lines.join('\n')}`),
    );
    await shows('table-outcome', /^60 rows, 1 feature, 4 classes/);
    await part('table').getByLabel('The label is a number').selectOption('2');
    await shows('table-outcome', /^60 rows, 1 feature, 2 classes.*1: below/);
  });

  it('makes data of points that a pointer draws', async () => {
    await unfold('points-part');
    const plane = section.getByRole('application');
    const at = async (x: number, y: number): Promise<void> => {
      const box = (await plane.boundingBox())!;
      await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
    };
    await plane.scrollIntoViewIfNeeded();
    for (let k = 0; k < 4; k++) await at(0.2 + 0.05 * k, 0.3);
    await shows('points-words', /^4 points in 1 class\. 4 more points, of two classes/);
    await shows('picture-words', /^384 to train on/);
    await section.getByLabel('Class 1').check({ force: true });
    for (let k = 0; k < 4; k++) await at(0.6 + 0.05 * k, 0.7);
    await shows('points-words', /^8 points in 2 classes\.$/);
    await shows('picture-words', /^6 to train on, 2 to test; 2 classes\.$/);
    await section.getByLabel('Erase').check({ force: true });
    await at(0.2, 0.3);
    await shows('points-words', /^7 points in 2 classes\. 1 more point/);
    await part('points-back').click();
    await shows('points-words', /^8 points in 2 classes\.$/);
  });

  it('goes on by hand from a built-in set', async () => {
    await unfold('points-part');
    await part('points-current').click();
    await shows('points-words', /^512 points in 2 classes\./);
    await part('points-clear').click();
    await shows('points-words', /^Place 8 points/);
    await shows('picture-words', /^384 to train on, 128 to test/);
  });

  it('opens weights of PyTorch for the data that are chosen', async () => {
    await unfold('weights-part');
    const ramp = (count: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i));
    const file = encodeSafetensors({
      '0.weight': stored(ramp(16), [8, 2]),
      '0.bias': stored(ramp(8), [8]),
      '2.weight': stored(ramp(16), [2, 8]),
      '2.bias': stored(ramp(2), [2]),
    });
    const choose = (name: string, bytes: Uint8Array): Promise<void> =>
      part('weights-file').setInputFiles({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(bytes),
      });
    await part('weights-activation').selectOption('relu');
    await choose('broken.safetensors', file.subarray(0, 40));
    await shows('weights-words', /^Broken\.safetensors is not a usable safetensors file: /);
    await choose('net.safetensors', file);
    await shows(
      'weights-words',
      /^Opened one network of net\.safetensors \(2-8-2\)\. The file does not say .*; relu is taken\./,
    );
    // The settings follow what was found.
    const form = page.locator('[data-lab="form"]');
    await until(() => form.getByLabel('Hidden sizes', { exact: true }).first().inputValue(), '8');
    expect(visit.problems).toEqual([]);
  });

  it('sends nothing anywhere', async () => {
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET' || request.postData() !== null) sent.push(request.url());
    });
    await drop('secret.csv', 'a,y\n1,secret\n2,public\n3,secret\n4,public');
    await shows('table-outcome', /^4 rows/);
    expect(sent).toEqual([]);
    for (const address of visit.requests) {
      expect(address.startsWith(site.server.url)).toBe(true);
      expect(address).not.toContain('secret');
    }
  });
});

describe('by keys alone', () => {
  beforeEach(() => open());
  afterEach(() => visit.close());

  it('draws, removes and chooses classes', async () => {
    const summary = section.locator('summary', { hasText: 'Draw points' });
    await summary.focus();
    await page.keyboard.press('Enter');
    const plane = section.getByRole('application');
    for (let k = 0; k < 20 && !(await plane.evaluate((e) => e === document.activeElement)); k++)
      await page.keyboard.press('Tab');
    const keys = async (...names: string[]): Promise<void> => {
      for (const name of names) await page.keyboard.press(name);
    };
    for (let k = 0; k < 4; k++) await keys('ArrowLeft', 'ArrowUp', 'Space');
    await keys('2', 'Shift+ArrowRight');
    for (let k = 0; k < 5; k++) await keys('ArrowDown', 'Space');
    await shows('points-words', /^Placed at .* 9 points in 2 classes\.$/);
    await keys('Delete');
    await shows('points-words', /^Removed at .* 8 points in 2 classes\.$/);
    await shows('picture-words', /^6 to train on, 2 to test; 2 classes\.$/);
    // The drawing plane does not hold the focus back.
    await keys('Tab');
    expect(await plane.evaluate((e) => e === document.activeElement)).toBe(false);
  });
});

describe('where a link names a table of somebody else', () => {
  afterEach(() => visit.close());

  it('says so, and takes it back under its name', async () => {
    const experiment = parseExperiment(
      { data: { kind: 'csv', path: 'theirs.csv', header: true, labelColumn: 'kind' } },
      'test',
    );
    await open({}, `#lab=${await encodeLink({ ...standardState(), experiment })}`);
    await shows(
      'absent',
      /^This experiment learns from theirs\.csv, which stays on its owner’s device\./,
    );
    await shows('picture-words', /^Nothing to see until the table is here\.$/);
    await part('table-file').setInputFiles(csvFile('another-name.csv', flowers));
    await shows('table-outcome', /^36 rows, 4 features/);
    await shows('picture-words', /^27 to train on, 9 to test/);
    expect(await part('absent').isHidden()).toBe(true);
  });
});

it('shows the digits themselves', async () => {
  const experiment = parseExperiment({ data: { kind: 'digits' } }, 'test');
  await open({}, `#lab=${await encodeLink({ ...standardState(), experiment })}`);
  await shows(
    'picture-words',
    /^Images of 8 by 8 pixels: 1,348 to train on, 449 to test; 10 classes\.$/,
  );
  // Three of each.
  await until(() => part('picture').locator('svg.digit-samples rect').count(), 30);
  await visit.close();
});

describe.each(Object.entries(screens))('on a %s', (_, screen) => {
  beforeAll(() => open({ ...screen, colorScheme: 'light' }));
  afterAll(() => visit.close());

  it('has no axe violation in light or dark, all unfolded, and does not scroll sideways', async () => {
    for (const name of ['table-part', 'points-part', 'weights-part']) await unfold(name);
    await part('table-file').setInputFiles(csvFile('flowers.csv', flowers));
    await shows('table-outcome', /^36 rows/);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page, { include: '[data-lab="data"]' })).toEqual([]);
    }
    const beyond = await section.evaluate((element) => {
      const { right } = element.getBoundingClientRect();
      return [...element.querySelectorAll('*')]
        .filter((inner) => !inner.closest('.data-scroll, pre'))
        .filter((inner) => inner.getBoundingClientRect().right > right + 1)
        .map(({ outerHTML }) => outerHTML.slice(0, 100));
    });
    expect(beyond).toEqual([]);
  });
});
