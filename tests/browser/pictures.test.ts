// Every figure looks as it was kept, in every state, where a browser lays it out and paints it: in the gallery, on a phone and on a large screen.
import { rmSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figures } from '../../src/figures/index.ts';
import { figurePlaces, type FigurePlace } from '../../src/site/gallery/places.ts';
import { sectionName } from '../unit/figures/drawings/draw-place.ts';
import { firstDifferences, keptDrawing } from '../unit/figures/drawings/kept-drawings.ts';
import { normalForm } from '../unit/figures/drawings/normal-form.ts';
import { findChromium, quietArguments } from './chromium.ts';
import {
  openGallery,
  pictureSettings,
  type GalleryPage,
  type PictureSetting,
  type Shot,
} from './pictures/gallery-page.ts';
import { serveGallery, type GalleryServer } from './pictures/gallery-server.ts';
import {
  failureFolder,
  forgetSheet,
  keepSheet,
  keptSheets,
  sheetDifferences,
} from './pictures/sheets.ts';

/** Set by `npm run pictures`: keep what is drawn now. */
const keeps = process.env.ATLAS_PICTURES === 'keep';
const mend =
  `look at ${failureFolder}, and where the new picture is the right one, ` +
  'keep it with `npm run pictures`';

const places = figurePlaces();
const chapters = [...new Set(places.map(({ chapter }) => chapter))];
const surfaces = places.filter(({ figure }) => figures[figure]?.heavy);
const settings = Object.keys(pictureSettings) as PictureSetting[];
const sheetName = ({ name }: FigurePlace, setting: string): string => `${name}-${setting}`;

let server: GalleryServer;
let browser: Browser;
beforeAll(async () => {
  rmSync(failureFolder, { recursive: true, force: true });
  [server, browser] = await Promise.all([
    serveGallery(),
    chromium.launch({ executablePath: findChromium(), args: quietArguments }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Where a picture is as it was kept, its file stays, too. */
async function pixelDifferences(name: string, shots: readonly Shot[]): Promise<string[]> {
  const found = await sheetDifferences(name, shots);
  if (!keeps || found.length === 0) return found;
  await keepSheet(name, shots);
  return [];
}

/** The page's own drawing is the one that the kept data give without a browser; a scene on a canvas is pixels alone. */
function textDifferences(place: FigurePlace, shot: Shot, width: number): string[] {
  if (shot.html.includes('<canvas')) return [];
  const section = sectionName(shot.state, width);
  const kept = keptDrawing(place.name)?.get(section) ?? '';
  const now = normalForm(shot.html);
  if (now === kept) return [];
  return [`${place.name} (${section}) in the browser:\n${firstDifferences(kept, now)}`];
}

describe.each(settings)('in the gallery, %s', (setting) => {
  let gallery: GalleryPage;
  beforeAll(async () => {
    gallery = await openGallery(browser, server.url, setting);
  });
  afterAll(() => gallery?.close());

  it.each(chapters)('the figures of %s are as they were kept', async (chapter) => {
    const own = places.filter((place) => place.chapter === chapter);
    const shots = await gallery.shoot(chapter, own);
    const found: string[] = [];
    for (const place of own) {
      const given = Number(pictureSettings[setting].width);
      const mine = shots.filter((shot) => shot.place === place.name);
      expect(mine.map(({ state }) => state)).toEqual([...place.states.keys()]);
      found.push(...(await pixelDifferences(sheetName(place, setting), mine)));
      for (const shot of mine) found.push(...textDifferences(place, shot, given || place.width));
    }
    expect(found.length, `${found.join('\n')}\n${mend}`).toBe(0);
  });

  it.each(surfaces)('the live view of $name is as it was kept', async (place) => {
    const shot = await gallery.shootIn3D(place);
    const found = await pixelDifferences(sheetName(place, `3d-${setting}`), [shot]);
    expect(found.length, `${found.join('\n')}\n${mend}`).toBe(0);
  });

  it('no page complains', () => {
    expect(gallery.problems).toEqual([]);
  });
});

it('no picture is kept of what the chapters do not show', () => {
  const names = settings.flatMap((setting) => [
    ...places.map((place) => sheetName(place, setting)),
    ...surfaces.map((place) => sheetName(place, `3d-${setting}`)),
  ]);
  const others = keptSheets().filter((name) => !names.includes(name));
  if (keeps) others.forEach(forgetSheet);
  else expect(others).toEqual([]);
});
