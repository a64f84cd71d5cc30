// The self-test in a real browser: nothing is fetched before the button, then every truth passes on WebAssembly; what fails is told.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { truths } from '../../src/worker/self-test/truths.ts';
import { softwareWebGpuArguments } from './chromium.ts';
import { chapterPath, openSite, until, type Site, type Visit } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

class Panel {
  readonly visit: Visit;
  constructor(visit: Visit) {
    this.visit = visit;
  }
  get root() {
    return this.visit.page.locator('atlas-self-test');
  }
  text(selector: string): Promise<string> {
    return this.root.locator(selector).innerText();
  }
  phase(): Promise<string | null> {
    return this.root.getAttribute('data-phase');
  }
  press(action: 'run' | 'stop'): Promise<void> {
    return this.root.locator(`[data-action="${action}"]`).click();
  }
  verdicts(): Promise<string[]> {
    return this.root.locator('.truth-verdict').allInnerTexts();
  }
  compute(on: 'auto' | 'wasm' | 'webgpu') {
    return this.root.locator('[data-provider]').selectOption(on);
  }
}

async function open(options: Parameters<Site['visit']>[1] = {}): Promise<Panel> {
  const panel = new Panel(await site.visit(chapterPath('method'), options));
  await panel.root.scrollIntoViewIfNeeded();
  return panel;
}

const isHeavy = (address: string): boolean =>
  /ort-wasm|\.wasm|self-test\.worker|training\.safetensors|landscape\.safetensors/.test(address);

describe('on WebAssembly', () => {
  let panel: Panel;
  beforeAll(async () => {
    panel = await open();
    await until(() => panel.phase(), 'idle');
  });
  afterAll(() => panel.visit.close());

  it('fetches neither runtime nor artifacts before the button is pressed', async () => {
    expect(panel.visit.requests.filter(isHeavy)).toEqual([]);
    expect(new Set(await panel.verdicts())).toEqual(new Set(['not run yet']));
    expect(await panel.root.locator('[data-action="stop"]').isVisible()).toBe(false);
  });

  it('passes every truth, and says so', async () => {
    await panel.compute('wasm');
    await panel.press('run');
    await until(() => panel.phase(), 'idle', 60_000);
    expect(await panel.text('.self-test-status')).toMatch(
      new RegExp(`^All ${truths.length} tests passed on WebAssembly, in [\\d.,]+ s\\.$`),
    );
    expect(await panel.text('.self-test-badge')).toMatch(/^WebAssembly, 1 thread$/);
    expect(await panel.verdicts()).toEqual(truths.map(() => 'passed'));
    expect(panel.visit.requests.some(isHeavy)).toBe(true);
    expect(panel.visit.problems).toEqual([]);
  });

  it('writes for each what was expected and measured, and an error within its tolerance', async () => {
    for (const { id } of truths) {
      const item = panel.root.locator(`[data-truth="${id}"]`);
      for (const part of ['expected', 'measured', 'error'])
        expect(await item.locator(`[data-${part}]`).innerText(), `${id}: ${part}`).not.toBe('–');
    }
    const start = panel.root.locator('[data-truth="same-start"]');
    const [expected, measured] = [
      await start.locator('[data-expected]').innerText(),
      await start.locator('[data-measured]').innerText(),
    ];
    expect(expected).toMatch(/^[0-9a-f]{16}$/);
    expect(measured).toBe(expected);
    expect(await start.locator('[data-error]').innerText()).toBe('0');
  });

  it('can be run again, by keyboard', async () => {
    await panel.root.locator('[data-action="run"]').focus();
    await panel.visit.page.keyboard.press('Enter');
    await until(() => panel.phase(), 'running');
    // The focus goes to the one button that means something now.
    const focused = () =>
      panel.visit.page.evaluate(() => document.activeElement?.getAttribute('data-action'));
    expect(await focused()).toBe('stop');
    await panel.visit.page.keyboard.press('Enter');
    await until(() => panel.phase(), 'idle');
    expect(await panel.text('.self-test-status')).toMatch(/^Stopped after \d+ of \d+ tests\.$/);
    expect(await focused()).toBe('run');
    expect(await panel.verdicts()).not.toContain('running');
  });
});

it('passes every truth on WebGPU too', async () => {
  const graphics = await openSite({ args: softwareWebGpuArguments });
  const panel = new Panel(await graphics.visit(chapterPath('method')));
  await panel.root.scrollIntoViewIfNeeded();
  await until(() => panel.phase(), 'idle');
  await panel.compute('webgpu');
  await panel.press('run');
  await until(() => panel.phase(), 'idle', 150_000);
  const problems = await panel.root
    .locator('[data-verdict="failed"]')
    .evaluateAll((items) => items.map((item) => item.textContent));
  expect(problems).toEqual([]);
  expect(await panel.text('.self-test-status')).toMatch(/^All \d+ tests passed on WebGPU/);
  await graphics.close();
}, 180_000);

describe('where something is missing', () => {
  it('WebGPU asked for by name is refused in a sentence that says what to choose', async () => {
    const without = await openSite({ args: ['--disable-gpu'] });
    const panel = new Panel(await without.visit(chapterPath('method')));
    await panel.root.scrollIntoViewIfNeeded();
    await until(() => panel.phase(), 'idle');
    await panel.compute('webgpu');
    await panel.press('run');
    await until(() => panel.phase(), 'idle', 60_000);
    expect(await panel.text('.self-test-status')).toMatch(
      /^WebGPU cannot run here: .+\. Choose WebAssembly/,
    );
    await without.close();
  });

  it('a runtime that cannot be had is told in a sentence that says what to do', async () => {
    const panel = await open();
    await until(() => panel.phase(), 'idle');
    await panel.visit.context.route(/ort-wasm[^/]*\.wasm/, (route) =>
      route.fulfill({ status: 503 }),
    );
    await panel.compute('wasm');
    await panel.press('run');
    await until(() => panel.phase(), 'idle', 60_000);
    expect(await panel.text('.self-test-status')).toMatch(
      /could not be loaded .*503.*; check the connection and run the tests again\.$/,
    );
    expect(new Set(await panel.verdicts())).toEqual(new Set(['not run yet']));
    await panel.visit.close();
  });

  it('an artifact that cannot be had fails the tests about it, and no others', async () => {
    const panel = await open();
    await until(() => panel.phase(), 'idle');
    await panel.visit.context.route(/landscape\.safetensors/, (route) =>
      route.fulfill({ status: 404 }),
    );
    await panel.compute('wasm');
    await panel.press('run');
    await until(() => panel.phase(), 'idle', 60_000);
    const verdicts = await panel.verdicts();
    expect(verdicts.filter((verdict) => verdict === 'passed')).toHaveLength(5);
    const problem = panel.root.locator('[data-truth="surface-points"] .truth-problem');
    expect(await problem.innerText()).toMatch(/^Could not be tested: .*404.*\.$/);
    await panel.visit.close();
  });

  it('without JavaScript a sentence says what the panel would do, and the list is there', async () => {
    const panel = await open({ javaScriptEnabled: false });
    expect(await panel.text('.self-test-without-script')).toContain('in your own browser');
    expect(await panel.root.locator('.self-test-controls').isVisible()).toBe(false);
    expect(await panel.root.locator('.truth').count()).toBe(truths.length);
    await panel.visit.close();
  });
});
