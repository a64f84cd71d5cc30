// Every figure of every chapter, in its states, on three screens and in both themes, looks as it was kept; `npm run pictures` keeps it.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepData } from './pictures/kept-data.ts';
import { openStudio, pictureScreens, shoot, type PictureScreen } from './pictures/shots.ts';
import { differences, keepSheet } from './pictures/sheets.ts';
import { picturedFigures } from './pictures/states.ts';
import { builtChapters, openSite, type Site } from './site.ts';

/** Set by `npm run pictures`: keep what is drawn now, with the data that it is drawn from. */
const keeps = process.env.ATLAS_PICTURES === 'keep';

let site: Site;
beforeAll(async () => {
  if (keeps) {
    rmSync('tests/browser/pictures/sheets', { recursive: true, force: true });
    keepData();
  }
  rmSync('tests/.output/pictures', { recursive: true, force: true });
  site = await openSite();
});
afterAll(() => site.close());

const chapters = builtChapters().filter((path) => picturedFigures(path).length > 0);
const screens = Object.keys(pictureScreens) as PictureScreen[];
const settings = chapters.flatMap((path) =>
  screens.flatMap((screen) =>
    (['light', 'dark'] as const).map((theme) => ({ path, screen, theme })),
  ),
);

describe.each(settings)('figures of $path on a $screen, $theme', ({ path, screen, theme }) => {
  it('are as they were kept', { timeout: 240_000 }, async () => {
    const studio = await openStudio(site, path, screen, theme);
    const found: string[] = [];
    try {
      for (const [index, figure] of picturedFigures(path).entries()) {
        const shots = await shoot(studio.page, figure, studio.widths[index] ?? 0);
        const name = `${path.split('/')[1]}/${figure.id}-${screen}-${theme}`;
        if (keeps) await keepSheet(name, shots);
        else found.push(...(await differences(name, shots)));
      }
    } finally {
      await studio.close();
    }
    expect(found).toEqual([]);
  });
});
