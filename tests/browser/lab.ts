// The laboratory of chapter 11, as a test works it: opened with a state, led by its buttons.
import type { Locator, Page } from 'playwright-core';
import { parseExperiment } from '../../src/learning/parse-experiment.ts';
import { encodeLink } from '../../src/laboratory/storage/lab-link.ts';
import { standardState } from '../../src/laboratory/storage/standard-state.ts';
import type { LabState } from '../../src/laboratory/lab-state.ts';
import { chapterPath, until, type Site, type Visit } from './site.ts';

/** Eight small networks: a step takes a moment, a run a second or two. */
export const smallSettings = {
  initialisations: 8,
  hiddenSizes: [6],
  data: { kind: 'moons', samples: 96 },
  epochs: 40,
  grid: { size: 21 },
};

export function smallState(settings: object = {}, part: Partial<LabState> = {}): LabState {
  const experiment = parseExperiment({ ...smallSettings, ...settings }, 'the test');
  return { ...standardState(), experiment, selected: 3, provider: 'wasm', ...part };
}

export class Lab {
  readonly page: Page;
  readonly root: Locator;
  readonly transport: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.locator('atlas-lab');
    this.transport = page.locator('[data-lab="transport"]');
  }

  /** Waits until it is alive. */
  alive = (): Promise<void> => until(() => this.root.getAttribute('data-alive'), '', 30_000);

  press = (act: string): Promise<void> =>
    this.transport.locator(`[data-act="${act}"]`).click({ timeout: 20_000 });

  phase = (): Promise<string | null> => this.transport.getAttribute('data-phase');

  step = async (): Promise<number> => Number(await this.transport.getAttribute('data-step'));

  waitForPhase = (phase: string, timeout = 90_000): Promise<void> =>
    until(this.phase, phase, timeout);

  /** Trains what is set to its end. */
  async train(): Promise<void> {
    await this.press('train');
    // It is another run from the moment of the press on.
    await this.waitForPhase('ended');
  }

  openMore = (): Promise<void> => unfold(this.transport.locator('.transport-more'));

  /**
   * Lets go of the runs and opens another state in the same page, as a link that is pasted into the address bar does:
   * runtime and programs are there by then, which in a fresh page cost about seven times what a small run does.
   */
  async reopen(state: LabState): Promise<void> {
    if (!['idle', 'stopped', 'ended'].includes((await this.phase()) ?? '')) {
      await this.press('stop');
      await this.waitForPhase('stopped');
    }
    if (await this.transport.locator('[data-act="drop"]').isEnabled()) {
      await this.openMore();
      await this.press('drop');
    }
    const hash = `#lab=${await encodeLink(state)}`;
    await until(() => this.page.evaluate(pasteLink, hash), true);
  }

  get panels(): Locator {
    return this.root.locator('.panel');
  }

  addPanel = async (kind: string): Promise<void> => {
    await this.root.locator('[data-add]').selectOption(kind);
  };

  text = (selector: string): Promise<string> => this.root.locator(selector).first().innerText();
}

/** Opens a `details` element, unless it is open. */
export async function unfold(details: Locator): Promise<void> {
  if ((await details.getAttribute('open')) === null) await details.locator('> summary').click();
}

/** Runs in the page. @returns whether it was taken; the page itself may just be writing the address before. */
async function pasteLink(hash: string): Promise<boolean> {
  const status = document.querySelector('[data-lab="transport"] .live-status')!;
  const taken = new Promise<boolean>((resolve) => {
    const said = new MutationObserver(() => {
      if (!status.textContent.includes('The laboratory stands as the address says.')) return;
      said.disconnect();
      resolve(true);
    });
    said.observe(status, { childList: true, characterData: true, subtree: true });
    setTimeout(() => resolve(false), 3000);
  });
  // The same address again is none that a page hears of.
  history.replaceState(null, '', location.pathname + location.search);
  location.hash = hash;
  return taken;
}

export async function openLab(
  site: Site,
  state: LabState = smallState(),
  options: Parameters<Site['visit']>[1] = {},
): Promise<{ visit: Visit; lab: Lab }> {
  const link = await encodeLink(state);
  const visit = await site.visit(`${chapterPath('laboratory')}#lab=${link}`, {
    reducedMotion: 'reduce',
    ...options,
  });
  const lab = new Lab(visit.page);
  await lab.alive();
  return { visit, lab };
}
