// The exact two-weight surface: what the widget says is what the closed form says, by slider, key and mouse.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  twoWeightCriticalStepSize,
  twoWeightDescend,
  twoWeightEigenvalues,
  twoWeightFlowEnd,
  twoWeightGradient,
  twoWeightLoss,
  type WeightPair,
} from '../../src/landscape/two-weights.ts';
import { guessesLeftOut } from './figures.ts';
import { chapterPath, openSite, screens, until, type Site, type Visit } from './site.ts';

let site: Site;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  site = await openSite();
  visit = await site.visit(chapterPath('a-network-is-a-point'), {
    reducedMotion: 'reduce',
    before: guessesLeftOut,
  });
  page = visit.page;
  await page.locator('atlas-two-weights').scrollIntoViewIfNeeded();
  await page.locator('atlas-two-weights svg.two-weights-map').waitFor();
});
afterAll(() => site.close());
afterEach(() => expect(visit.problems).toEqual([]));

/** The guess has a slider of its own, whose question names a step size, too. */
const sliderOf = (name: string) => page.locator('atlas-two-weights').getByRole('slider', { name });
const slide = (label: string, position: number): Promise<void> =>
  sliderOf(label).fill(String(position));

/** The slider knows some step sizes only; returns the one it took, which it writes to all its digits. */
async function choose([a, b]: WeightPair, stepSize: number): Promise<number> {
  await slide('Start, weight a', a);
  await slide('Start, weight b', b);
  const slider = sliderOf('Step size');
  // A range takes only what its steps reach.
  await slider.evaluate((input: HTMLInputElement, power) => {
    input.value = String(power);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, Math.log10(stepSize));
  const taken = Number(await slider.getAttribute('aria-valuetext'));
  expect(Math.abs(taken / stepSize - 1)).toBeLessThan(0.02);
  return taken;
}

/** A reading as it is written: three digits, a real minus, powers of ten. */
function numberIn(text: string): number {
  const plain = text
    .replaceAll('−', '-')
    .replaceAll(',', '')
    .replace(/^10(?=[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])/, '1×10')
    .replace('×10', 'e')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/g, (digit) =>
      digit === '⁻' ? '-' : String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)),
    );
  return Number(plain);
}

const textOf = (reading: string): Promise<string> =>
  page
    .locator('atlas-two-weights dt', { hasText: reading })
    .locator('xpath=following-sibling::dd[1]')
    .innerText();
const readNumber = async (reading: string): Promise<number> => numberIn(await textOf(reading));
const verdict = (): Promise<string> => page.locator('.two-weights-verdict').innerText();

async function readWeights(): Promise<WeightPair> {
  const [a, b] = (await textOf('Weights (a, b)')).slice(1, -1).split(', ');
  return [numberIn(a!), numberIn(b!)];
}

/** Equal as far as three digits are written, or two with a power of ten. */
function expectClose(read: number, truth: number): void {
  expect(Math.abs(read - truth)).toBeLessThanOrEqual(0.051 * Math.abs(truth) + 1e-12);
  if (Math.abs(truth) >= 1e-3) {
    expect(Math.abs(read - truth)).toBeLessThanOrEqual(0.0051 * Math.abs(truth));
  }
}

describe.each([
  { start: [1.2, 0.7] as const, wish: 0.1 },
  { start: [-2, 0.5] as const, wish: 0.2 },
  { start: [2.4, 0.5] as const, wish: 0.3 },
])('a walk from ($start) with a step size near $wish', ({ start, wish }) => {
  it('reads at the start, and after each of five steps, what the closed form gives', async () => {
    const stepSize = await choose(start, wish);
    const { points, losses } = twoWeightDescend(start, stepSize, 5);
    await page.getByRole('button', { name: 'Back to the start' }).click();
    for (const [step, point] of points.entries()) {
      if (step > 0) await page.getByRole('button', { name: 'One step' }).click();
      const [a, b] = await readWeights();
      expectClose(a, point[0]);
      expectClose(b, point[1]);
      expectClose(await readNumber('Loss'), twoWeightLoss(point));
      expectClose(await readNumber('Loss'), losses[step]!);
      expectClose(await readNumber('Gradient norm'), Math.hypot(...twoWeightGradient(point)));
    }
  });

  it('names the sharpness where the flow ends, and 2 over it', async () => {
    await choose(start, wish);
    const end = twoWeightFlowEnd(start);
    expectClose(await readNumber('λ, sharpness'), twoWeightEigenvalues(end)[0]);
    expectClose(await readNumber('2/λ'), twoWeightCriticalStepSize(end));
  });
});

describe('step sizes', () => {
  const start: WeightPair = [2.2, 0.6];
  const critical = twoWeightCriticalStepSize(twoWeightFlowEnd(start));

  it('well under 2/λ, the walk converges', async () => {
    await choose(start, critical / 2);
    expect(await verdict()).toMatch(/η is under 2\/λ: converges/);
    expect(await readNumber('Loss')).toBeLessThan(1e-6);
  });

  it('far over 2/λ, the walk diverges, and the page says so', async () => {
    await choose(start, 1.9);
    expect(critical).toBeLessThan(1);
    expect(await verdict()).toMatch(/η is over 2\/λ: diverges/);
    expect(await page.locator('svg.two-weights-map').innerHTML()).toContain('off the map');
  });

  it('on the line a = −b, the walk is stuck at the saddle', async () => {
    await choose([1.5, -1.5], 0.1);
    expect(await verdict()).toContain('stuck at the saddle');
    expect(await readNumber('Loss')).toBeCloseTo(0.5, 3);
  });
});

describe('what the chapter says to try', () => {
  it.each([
    { says: 'near 0.2 arrives close by', start: [2.4, 0.5], stepSize: 0.2, then: /converges/ },
    {
      says: 'near 0.45 arrives somewhere else',
      start: [2.4, 0.5],
      stepSize: 0.45,
      then: /thrown out of it and settles in a flatter one/,
    },
    {
      says: 'near 0.75 is thrown off the map',
      start: [2.4, 0.5],
      stepSize: 0.75,
      then: /diverges/,
    },
    { says: 'beyond 1 bounces for ever', start: [1.2, 0.7], stepSize: 1.2, then: /oscillates/ },
  ] as const)('a step size $says', async ({ start, stepSize, then }) => {
    await choose(start, stepSize);
    expect(await verdict()).toMatch(then);
  });
});

describe('moving the start', () => {
  const startNow = async (): Promise<WeightPair> => {
    await page.getByRole('button', { name: 'Back to the start' }).click();
    return readWeights();
  };

  it('arrow keys move it by a tenth, with shift by a hundredth', async () => {
    await choose([1, 0.5], 0.1);
    await page.locator('svg.two-weights-map').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Shift+ArrowUp']) {
      await page.keyboard.press(key);
    }
    expect(await startNow()).toEqual([1.2, 0.41]);
  });

  it('the mouse drags it, and the walk follows', async () => {
    await choose([1, 0.5], 0.1);
    const before = await verdict();
    const handle = await page.locator('.start-handle').boundingBox();
    const [x, y] = [handle!.x + handle!.width / 2, handle!.y + handle!.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 40, y - 30, { steps: 4 });
    await page.mouse.up();
    const [a, b] = await startNow();
    expect(a).toBeGreaterThan(1.1);
    expect(b).toBeGreaterThan(0.6);
    expectClose(await readNumber('Loss'), twoWeightLoss([a, b]));
    expect(before).toContain('converges');
  });
});

describe('words and a guess', () => {
  const settings = async () => [
    await sliderOf('Start, weight a').inputValue(),
    await sliderOf('Start, weight b').inputValue(),
    await sliderOf('Step size').getAttribute('aria-valuetext'),
  ];

  it('set the walker for as long as the words are pointed at, and keep it on a click', async () => {
    await choose([1, 0.5], 0.1);
    const before = await settings();
    const words = page.locator('atlas-show', { hasText: '0.75' });
    // Focus shows a picture to those who come by keyboard.
    await page.keyboard.press('Shift');
    await words.focus();
    expect(await settings()).toEqual(['2.4', '0.5', '0.75']);
    expect(await verdict()).toContain('diverges');
    await words.blur();
    expect(await settings()).toEqual(before);
    await page.keyboard.press('Tab');
    await words.click();
    await words.blur();
    expect(await settings()).toEqual(['2.4', '0.5', '0.75']);
    await words.click();
  });

  it('draw the guess beside 2/λ = 1 on the band of step sizes, and let the walker try it', async () => {
    const guess = page.locator('#guess-stride');
    await guess.scrollIntoViewIfNeeded();
    await guess.locator('input[type="range"]').fill('900');
    const guessed = await guess.locator('.guess-value').innerText();
    await guess.getByRole('button', { name: 'That is my guess' }).click();
    const strides = page.locator('svg.two-weights-strides');
    await strides.locator('.guess-mark').waitFor({ state: 'attached' });
    const words = await strides.locator('text').allTextContents();
    expect(words).toContain('2/λ = 1');
    expect(words.some((text) => text.startsWith('your guess'))).toBe(true);
    const [a, b, stepSize] = await settings();
    expect([a, b]).toEqual(['1.2', '1.2']);
    expect(Number(stepSize)).toBeCloseTo(Number(guessed), 1);
  });
});

it('is seen from the side as well, with the same controls', async () => {
  await page.getByLabel('from the side').check();
  await page.locator('atlas-two-weights :is(canvas, .surface-still)').first().waitFor();
  await choose([2.2, 0.6], 1.9);
  expect(await verdict()).toContain('diverges');
});

it('stops playing where nobody looks', async () => {
  const moving = await site.visit(chapterPath('a-network-is-a-point'), { before: guessesLeftOut });
  const walk = moving.page.locator('atlas-two-weights');
  await walk.scrollIntoViewIfNeeded();
  const play = walk.getByRole('button', { name: /^(Play|Pause)$/ });
  // Small steps need many: the whole walk takes twelve seconds.
  await walk.getByRole('slider', { name: 'Step size' }).fill(String(Math.log10(0.005)));
  await play.click();
  await until(() => play.innerText(), 'Pause');
  await moving.page.evaluate(() => scrollTo({ top: 1e6, behavior: 'instant' }));
  await until(() => play.innerText(), 'Play', 4000);
  expect(moving.problems).toEqual([]);
  await moving.close();
});

it.each(['phone', 'desktop'] as const)(
  'on a %s it is as tall before its script comes as when it is alive',
  async (screen) => {
    const other = await site.visit(chapterPath('a-network-is-a-point'), {
      ...screens[screen],
      before: guessesLeftOut,
    });
    const walk = other.page.locator('atlas-two-weights');
    const height = async (): Promise<number> => (await walk.boundingBox())!.height;
    await walk.scrollIntoViewIfNeeded();
    await walk.locator('svg.two-weights-map').waitFor();
    const alive = await height();
    await other.page.route('**/*.js', (route) => route.abort());
    await other.page.reload();
    expect(await walk.locator('svg.two-weights-map').count()).toBe(0);
    expect(Math.abs((await height()) - alive)).toBeLessThan(3);
    await other.close();
  },
);
