// Every figure in every state that the chapters show, at three widths, is drawn as it was kept, and says the same; without a browser.
import { readFileSync, rmSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { figurePlaces } from '../../../src/site/gallery/places.ts';
import { drawPlace } from './drawings/draw-place.ts';
import {
  differenceFolder,
  differences,
  forgetDrawings,
  keepDrawing,
  keptDrawing,
  keptPlaces,
} from './drawings/kept-drawings.ts';

/** Set by `npm run pictures`: keep what is drawn now. */
const keeps = process.env.ATLAS_PICTURES === 'keep';
const places = figurePlaces();
const mend =
  `compare NAME.kept.txt and NAME.now.txt in ${differenceFolder}, and where the new drawing is the right one, ` +
  'keep it with `npm run pictures`';

beforeAll(() => {
  if (keeps) forgetDrawings();
  rmSync(differenceFolder, { recursive: true, force: true });
});

describe('every figure of the chapters', () => {
  it.each(places)('is drawn as it was kept: $name', async (place) => {
    const sections = await drawPlace(place);
    if (keeps) return keepDrawing(place.name, sections);
    const found = differences(place.name, sections);
    expect(found.length, `${found.join('\n')}\n${mend}`).toBe(0);
  });
});

describe('what is kept', () => {
  it('is of figures that the chapters show, and of no other', () => {
    expect(keptPlaces()).toEqual(places.map(({ name }) => name).sort());
  });

  /** What changes with the theme, by name: a drawing that held one of the values would keep it in the other theme. */
  const themed = [
    ...readFileSync('src/styles/theme.css', 'utf8')
      .split('@media print')[0]!
      .matchAll(/--[\w-]+: (#[0-9a-f]{3,8}|rgb\([^)]*\));/g),
  ].map(([, colour]) => colour!);

  it.each(places)('takes every colour of the theme by its name: $name', ({ name }) => {
    expect(themed.length).toBeGreaterThan(14);
    for (const [section, text] of keptDrawing(name) ?? []) {
      // What stands inside var() is a last resort, for a drawing away from the site's style sheets.
      const literal = text.replaceAll(/var\(--[\w-]+,[^)]*\)/g, '').toLowerCase();
      for (const colour of themed) expect(literal, section).not.toContain(`"${colour}"`);
    }
  });
});
