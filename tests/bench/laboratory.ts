// How the laboratory fares in a reader's hands: the wait before the first step, a surface, memory over ten minutes, graphics buffers.
import { spawnSync } from 'node:child_process';
import { softwareWebGpuArguments } from '../browser/chromium.ts';
import { openLab, smallState, type Lab } from '../browser/lab.ts';
import { countGpuBuffers, useOnce, watchMemory, type Memory } from '../browser/lab-memory.ts';
import { sitePaths } from '../browser/site-paths.ts';
import { openSite, until } from '../browser/site.ts';

export function buildSite(): void {
  const { status } = spawnSync('astro', ['build', '--outDir', sitePaths.folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ATLAS_BASE: sitePaths.base },
  });
  if (status !== 0) throw new Error(`The site could not be built: astro ended with ${status}.`);
}

const standard = () =>
  smallState({
    initialisations: 50,
    hiddenSizes: [64],
    data: { kind: 'moons', samples: 512 },
    epochs: 100,
    grid: { size: 101 },
  });

/** Milliseconds from the click on Train to the first step that is on screen. */
async function clickToFirstStep(lab: Lab): Promise<number> {
  const clicked = performance.now();
  await lab.press('train');
  await lab.page.waitForFunction(
    () =>
      Number(document.querySelector<HTMLElement>('[data-lab="transport"]')?.dataset['step']) >= 1,
    undefined,
    { polling: 'raf', timeout: 60_000 },
  );
  return performance.now() - clicked;
}

export interface Waits {
  /** With nothing in the browser's cache, over the machine's own network. */
  readonly cold: number;
  /** After a reload. */
  readonly warm: number;
  /** The same laboratory once more. */
  readonly again: number;
  /** From the press of Compute to the picture: 10,201 points, training and test part, and 1,050 snapshots with their feet. */
  readonly surface: number;
}

/** Milliseconds, of the classic experiment on WebAssembly. */
export async function waits(): Promise<Waits> {
  const site = await openSite({ isolated: true });
  try {
    const { visit, lab } = await openLab(site, standard());
    const cold = await clickToFirstStep(lab);
    await lab.waitForPhase('ended');
    const again = await clickToFirstStep(lab);
    await lab.waitForPhase('ended');
    await lab.addPanel('landscape-whole');
    const card = lab.panels.last();
    await card.scrollIntoViewIfNeeded();
    const pressed = performance.now();
    await card.locator('[data-act="compute"]').click();
    await card.locator('[data-picture] svg').first().waitFor({ timeout: 120_000 });
    const surface = performance.now() - pressed;
    // What was left off is offered, and stays untouched.
    await visit.page.reload();
    await lab.alive();
    const warm = await clickToFirstStep(lab);
    await visit.close();
    return { cold, warm, again, surface };
  } finally {
    await site.close();
  }
}

const kinds = [
  'slice-map',
  'slice-surface',
  'landscape-whole',
  'barrier-matrix',
  'projection-views',
  'hessian-spectrum',
];

/** At the end of each minute of training anew and changing pictures, the first of which fills caches. */
export async function memoryOverMinutes(
  minutes: number,
  progress: (text: string) => void,
): Promise<{ measured: Memory[]; rounds: number }> {
  const site = await openSite({ args: ['--enable-unsafe-swiftshader'] });
  try {
    const { visit, lab } = await openLab(site, smallState());
    const memory = await watchMemory(lab.page);
    const measured: Memory[] = [];
    let rounds = 0;
    const begun = performance.now();
    for (let minute = 1; minute <= minutes; minute++) {
      while (performance.now() - begun < minute * 60_000) {
        await useOnce(lab, kinds);
        rounds++;
      }
      measured.push(await memory());
      progress(`memory, minute ${minute}`);
    }
    await visit.close();
    return { measured, rounds };
  } finally {
    await site.close();
  }
}

export interface GpuBuffers {
  readonly created: number;
  readonly destroyed: number;
}

/** Graphics buffers of the training worker after each of some runs on the software adapter, each ended by Stop. */
export async function gpuBuffers(runs: number): Promise<GpuBuffers[]> {
  const site = await openSite({ args: softwareWebGpuArguments });
  try {
    const tiny = {
      initialisations: 4,
      hiddenSizes: [8],
      data: { kind: 'moons', samples: 64 },
      epochs: 10,
      grid: { size: 9 },
    };
    const { visit, lab } = await openLab(
      site,
      smallState(tiny, { provider: 'webgpu', panels: [] }),
    );
    const count = countGpuBuffers(lab.page);
    const counts: GpuBuffers[] = [];
    for (let run = 0; run < runs; run++) {
      await lab.press('train');
      await lab.waitForPhase('ended', 180_000);
      await lab.press('stop');
      await lab.waitForPhase('stopped');
      await until(async () => (await count()).created > 0, true);
      counts.push(await count());
    }
    await visit.close();
    return counts;
  } finally {
    await site.close();
  }
}
