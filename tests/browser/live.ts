// The live retrain of a page, as a test works it: by its labels and buttons.
import type { Locator, Page } from 'playwright-core';
import { until } from './site.ts';

/** What a reader may set, by the labels of the form. */
export type Settings = Readonly<Record<string, string>>;

export class Live {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.locator('atlas-live-retrain').first();
  }

  /** Scrolls to it and waits until it is alive. */
  async reach(): Promise<void> {
    await this.root.scrollIntoViewIfNeeded();
    await until(() => this.root.getAttribute('data-alive'), '');
  }

  /** Fields whose label begins so; a choice is set by its value. */
  async set(settings: Settings): Promise<void> {
    for (const [label, value] of Object.entries(settings)) {
      const field = this.root.getByLabel(label).locator('visible=true').first();
      const isChoice = await field.evaluate((element) => element.localName === 'select');
      if (isChoice) await field.selectOption(value);
      else await field.fill(value);
    }
  }

  press = (action: 'train' | 'pause' | 'stop' | 'reset'): Promise<void> =>
    this.root.locator(`[data-action="${action}"]`).click();

  textOf = (selector: string): Promise<string> => this.root.locator(selector).innerText();

  phase = (): Promise<string | null> => this.root.getAttribute('data-phase');

  waitForPhase = (phase: string, timeout = 60_000): Promise<void> =>
    until(this.phase, phase, timeout);

  /** Until there is something to read at the end, or a sentence that says why not. */
  async finish(timeout = 90_000): Promise<string> {
    await this.waitForPhase('idle', timeout);
    return this.textOf('.live-summary');
  }

  /** Trains these settings to the end; returns the summary. */
  async train(settings: Settings): Promise<string> {
    await this.set(settings);
    await this.press('train');
    await this.waitForPhase('training');
    return this.finish();
  }

  /** The text alternative of one of the pictures. */
  describe = async (view: string): Promise<string> =>
    (await this.root.locator(`[data-view="${view}"] svg`).first().getAttribute('aria-label')) ?? '';
}

/** First and last median of a picture of curves. */
export function mediansIn(description: string): [number, number] {
  const [, first, last] = /the median goes from ([\d.]+) to ([\d.]+)\. /.exec(description) ?? [];
  return [Number(first), Number(last)];
}

/** Median, least and largest training loss of a summary. */
export function lossesIn(summary: string): number[] {
  const [, ...losses] =
    /Median training loss ([\d.]+) \(([\d.]+) to ([\d.]+)\)/.exec(summary) ?? [];
  return losses.map(Number);
}
