// A run of the laboratory, led by its reader: played, paused, stepped, stopped, changed on the way, continued, forked and compared.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Lab, openLab, smallState } from './lab.ts';
import { chapterPath, openSite, screens, until, type Site, type Visit } from './site.ts';

let site: Site;
let visit: Visit;
let lab: Lab;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
/** Opens the laboratory with these settings. */
async function open(settings: object, options?: Parameters<typeof openLab>[2]): Promise<void> {
  ({ visit, lab } = await openLab(site, smallState(settings), options));
}
/** Begins anew with these settings, in the page that the tests before have used. */
const begin = (settings: object): Promise<void> => lab.reopen(smallState(settings));
/** A run that is still under way when a reader comes to press something. */
const long = { epochs: 4000 };
afterEach(() => expect(visit.problems).toEqual([]));

const stepsGoOn = async () => {
  const before = await lab.step();
  await until(async () => (await lab.step()) > before, true);
};

describe('one page, for one run after the other', () => {
  beforeAll(() => open(long));
  afterAll(() => visit.close());

  it('leads the focus on where the button that was pressed can no longer be', async () => {
    await begin(long);
    const focused = () =>
      lab.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['act']);
    await lab.transport.locator('[data-act="train"]').focus();
    await lab.page.keyboard.press('Enter');
    await lab.waitForPhase('playing');
    await until(focused, 'pause');
    await lab.transport.locator('[data-act="stop"]').focus();
    await lab.page.keyboard.press('Enter');
    await lab.waitForPhase('stopped');
    await until(focused, 'train');
  });

  describe('a run', () => {
    beforeEach(() => begin(long));

    it('plays, rests when it is paused, takes one step when asked, and goes on', async () => {
      await lab.press('train');
      await lab.waitForPhase('playing');
      await stepsGoOn();
      await lab.press('pause');
      await lab.waitForPhase('paused');
      const step = await lab.step();
      await lab.page.waitForTimeout(600);
      expect(await lab.step()).toBe(step);
      await lab.press('step');
      await until(lab.step, step + 1);
      await lab.waitForPhase('paused');
      await lab.press('step');
      await until(lab.step, step + 2);
      await lab.press('pause');
      await lab.waitForPhase('playing');
      await stepsGoOn();
    });

    it('learns at another rate from the moment at which the reader says so', async () => {
      await lab.press('train');
      await lab.waitForPhase('playing');
      await lab.page.getByLabel('Learning rate now', { exact: true }).fill('0.5');
      await lab.page.keyboard.press('Enter');
      await stepsGoOn();
      await lab.press('pause');
      await lab.waitForPhase('paused');
      expect(await lab.page.getByLabel('Learning rate now', { exact: true }).inputValue()).toBe(
        '0.5',
      );
      expect(await lab.text('.live-status')).toContain('Paused');
    });

    it('stopped, it is let go by the worker, and goes on from there all the same', async () => {
      await lab.press('train');
      await lab.waitForPhase('playing');
      await stepsGoOn();
      await lab.press('stop');
      await lab.waitForPhase('stopped');
      const step = await lab.step();
      await lab.openMore();
      await lab.press('continue');
      await lab.waitForPhase('playing');
      await until(async () => (await lab.step()) > step, true);
    });
  });

  it('stopped, Play takes it to the end that it had', async () => {
    await begin({ epochs: 3000 });
    await lab.press('train');
    await lab.waitForPhase('playing');
    await lab.press('stop');
    await lab.waitForPhase('stopped');
    expect(await lab.step()).toBeLessThan(3000);
    expect(await lab.transport.locator('[data-act="pause"]').innerText()).toBe('Play');
    await lab.press('pause');
    await lab.waitForPhase('ended');
    await until(lab.step, 3000);
    await until(() => lab.text('.live-progress-text'), 'Trained: epoch 3,000 of 3,000');
  });

  describe('a run that ended', () => {
    beforeEach(async () => {
      await begin({ epochs: 20 });
      await lab.train();
    });

    it('is not lost where the next one cannot be opened', async () => {
      await lab.page.getByLabel('Compute on').selectOption('webgpu');
      await lab.press('train');
      await until(async () => (await lab.text('[data-problem]')).includes('WebGPU'), true);
      await lab.waitForPhase('stopped');
      await until(() => lab.root.locator('[data-file="zip"]').first().isEnabled(), true);
      expect(await lab.panels.first().locator('[data-picture] svg').count()).toBe(1);
      await lab.openMore();
      expect(await lab.transport.locator('[data-act="keep"]').isEnabled()).toBe(true);
    });

    it('goes on for more epochs', async () => {
      await until(lab.step, 20);
      await lab.openMore();
      await lab.page.getByLabel('More epochs').fill('5');
      await lab.press('continue');
      await until(lab.step, 25);
      await lab.waitForPhase('ended');
    });

    it('is forked with another optimiser, and the two are compared, their settings marked', async () => {
      await lab.openMore();
      await lab.page.locator('[data-fork-seed]').fill('7');
      await lab.page.locator('[data-fork-optimiser]').selectOption('sgd');
      await lab.press('fork');
      const compare = lab.page.locator('[data-lab="compare"]');
      const settings = compare.locator('[data-settings] tbody mark');
      await until(async () => (await settings.allInnerTexts()).includes('sgd'), true);
      await lab.waitForPhase('ended');
      await until(() => compare.locator('[data-differences] tbody tr').count(), 4);
      // Different starts: A began where B had ended.
      expect(await compare.locator('[data-pairing]').innerText()).toContain('two groups');
    });

    it('is kept as B while A learns at another rate from the same starts: compared pair by pair', async () => {
      await lab.openMore();
      await lab.press('keep');
      const rate = lab.page.locator('[data-lab="form"] [name="learningRate"]').first();
      await rate.fill('0.2');
      await rate.press('Tab');
      await lab.train();
      const compare = lab.page.locator('[data-lab="compare"]');
      await until(
        async () => (await compare.locator('[data-pairing]').innerText()).includes('same weights'),
        true,
      );
      expect(await compare.locator('[data-settings] tbody tr').count()).toBe(1);
    });
  });

  it('says which networks diverged as it happens', async () => {
    const settings = { learningRate: 100, optimiser: { kind: 'sgd' }, activation: 'linear' };
    const loss = { loss: 'mean-squared-error', hiddenSizes: [16, 16] };
    await begin({ ...settings, ...loss, epochs: 60 });
    await lab.train();
    await until(async () => /\d networks diverged/.test(await lab.text('[data-health]')), true);
  });

  it('names silent units: a network of zero weights has no other', async () => {
    const zeros = { initialiser: { kind: 'zeros' }, activation: 'relu', epochs: 2 };
    await begin(zeros);
    await lab.train();
    await until(
      async () => /48 hidden units in 8 networks/.test(await lab.text('[data-health]')),
      true,
    );
  });
});

describe('a fresh page', () => {
  afterEach(() => visit.close());

  it('trains at the very first press, though nothing of it was loaded before', async () => {
    visit = await site.visit(chapterPath('laboratory'));
    lab = new Lab(visit.page);
    expect(visit.requests.filter((url) => /laboratory[.-][\w-]+\.js/.test(url))).toEqual([]);
    await until(() => lab.root.getAttribute('data-near'), '');
    await lab.press('train');
    await lab.waitForPhase('playing');
    await lab.press('stop');
    await lab.waitForPhase('stopped');
  });

  it('opens with the settings of a figure of the article', async () => {
    const chapter = await site.visit(chapterPath('where-they-end'));
    const link = chapter.page.locator('a[href*="preset="]').first();
    const address = await link.getAttribute('href');
    await chapter.close();
    visit = await site.visit(address!.replace(/^.*?(?=chapters\/)/, ''));
    lab = new Lab(visit.page);
    await lab.alive();
    // The fifty learn in small batches, which the classic settings do not.
    await until(() => lab.page.locator('[name="batchSize"]').first().inputValue(), '128');
  });

  it('is worked by the keyboard alone, on a phone', async () => {
    await open({ epochs: 10 }, screens.phone);
    const train = lab.transport.locator('[data-act="train"]');
    await until(() => train.isEnabled(), true);
    await train.focus();
    await lab.page.keyboard.press('Enter');
    await lab.waitForPhase('ended');
    const overflow = await lab.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
