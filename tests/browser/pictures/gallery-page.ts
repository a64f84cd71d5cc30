// The gallery in a browser: a chapter's figures at once, led through their states, as pixels and as text.
import type { Browser, CDPSession, Page } from 'playwright-core';
import sharp from 'sharp';
import type { FigurePlace } from '../../../src/site/gallery/places.ts';
import { until } from '../site.ts';
import type { Pixels } from './sheets.ts';

/**
 * That a drawing is the right one at each width is compared as text; pixels show what style sheets and fonts make of
 * it. No rule tells one width of a figure from another but by the screen's (phone or not), and a theme changes colours
 * alone: a phone in light and a large screen in dark see every rule at work.
 */
export const pictureSettings = {
  'phone-light': { screen: 390, width: '358', theme: 'light' },
  // As wide as a figure over the whole page, with the gallery's list beside it.
  'desktop-dark': { screen: 1640, width: 'desktop', theme: 'dark' },
} as const;
export type PictureSetting = keyof typeof pictureSettings;

export interface Shot {
  readonly place: string;
  readonly state: string;
  readonly pixels: Pixels;
  /** The HTML of the live drawing. */
  readonly html: string;
}

export interface GalleryPage {
  /** The figures of a chapter, in each of their states. */
  shoot(chapter: string, places: readonly FigurePlace[]): Promise<Shot[]>;
  /** The live view of a surface, which comes when a reader reaches for it. */
  shootIn3D(place: FigurePlace): Promise<Shot>;
  /** What the page complained of. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/** A page's own system fonts differ from machine to machine: labels are set in the font that the site brings. */
const forPictures = `
  :root { --font-ui: 'Source Serif 4' !important; scrollbar-gutter: auto !important; }
  * { animation: none !important; transition: none !important; caret-color: transparent !important; }
  vite-error-overlay { display: none; }
  .gallery-place :is(.figure-title, figcaption) { display: none; }
  .gallery-place { padding: 8px 0; background: var(--paper); }`;

export async function openGallery(
  browser: Browser,
  url: string,
  setting: PictureSetting,
): Promise<GalleryPage> {
  const { screen, width, theme } = pictureSettings[setting];
  const context = await browser.newContext({
    viewport: { width: screen, height: 1000 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  const show = async (figure: string, count: number): Promise<void> => {
    const hash = `#figure=${figure}&width=${width}&theme=${theme}`;
    await page.evaluate((next) => (location.hash = next), hash);
    await allAlive(page, count);
  };
  await page.goto(`${url}#figure=none`);
  await page.addStyleTag({ content: forPictures });
  await page.evaluate(async () => {
    const faces = ['400', '650', 'italic 650'].map((face) => `${face} 12px 'Source Serif 4'`);
    await Promise.all(faces.map((face) => document.fonts.load(face)));
  });
  return {
    problems,
    async shoot(chapter, places) {
      await show(chapter, places.length);
      const rounds = Math.max(...places.map(({ states }) => states.size));
      const shots: Shot[] = [];
      for (let round = 0; round < rounds; round++) {
        const states = places.map((place) => [...place.states.keys()][round] ?? null);
        await showStates(page, states);
        shots.push(...(await shotsOf(page, session, states)));
      }
      return shots;
    },
    async shootIn3D(place) {
      await show(place.name, 1);
      await page.locator('.activation-button').dispatchEvent('click');
      await until(() => page.locator('.live-drawing canvas').count(), 1);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await frames(page);
      const [shot] = await shotsOf(page, session, ['in 3D']);
      return shot!;
    },
    close: () => context.close(),
  };
}

/** Makes the window as tall as what it shows, since figures are drawn near the screen alone. */
async function allAlive(page: Page, count: number): Promise<void> {
  const width = page.viewportSize()!.width;
  await page.setViewportSize({ width, height: 500 * (count + 1) });
  await until(() => page.locator('atlas-figure[data-alive]').count(), count);
  await until(() => page.locator('[data-awaits]').count(), 0);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height });
}

/** A null takes a figure off the page, which has shown all of its states. */
async function showStates(page: Page, states: readonly (string | null)[]): Promise<void> {
  await page.evaluate((names) => {
    for (const [index, place] of document
      .querySelectorAll<HTMLElement>('.gallery-place')
      .entries()) {
      const name = names[index] ?? null;
      place.parentElement!.hidden = name === null;
      if (name === null) continue;
      const states = JSON.parse(place.dataset.states!) as Record<string, object>;
      const figure = place.querySelector<HTMLElement & { show(state: object): void }>(
        'atlas-figure',
      );
      figure!.show(states[name]!);
    }
  }, states);
  await frames(page);
}

const frames = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++)
      await new Promise((done) => requestAnimationFrame(done));
  });

/** One picture of the page, cut into those of its figures. */
async function shotsOf(
  page: Page,
  session: CDPSession,
  states: readonly (string | null)[],
): Promise<Shot[]> {
  const parts = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.gallery-place')].map((place) => {
      const { left, top, width, height } = place.getBoundingClientRect();
      const html = place.querySelector('.live-drawing')!.innerHTML;
      return { name: place.dataset.name!, box: { left, top, width, height }, html };
    }),
  );
  const shown = parts.flatMap((part, index) => {
    const state = states[index] ?? null;
    return state === null ? [] : [{ ...part, state }];
  });
  const frame = frameOf(shown.map(({ box }) => box));
  const whole = await capture(session, frame);
  return shown.map(({ name, box, html, state }) => {
    const place = { ...box, left: box.left - frame.left, top: box.top - frame.top };
    return { place: name, state, html, pixels: cut(whole, place) };
  });
}

/** Playwright's own screenshot packs as tightly as it can, which takes longer than all the rest. */
async function capture(session: CDPSession, { left, top, width, height }: Box): Promise<Pixels> {
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'png',
    optimizeForSpeed: true,
    clip: { x: left, y: top, width, height, scale: 1 },
  });
  const image = sharp(Buffer.from(data, 'base64')).ensureAlpha().raw();
  const pixels = await image.toBuffer({ resolveWithObject: true });
  return { data: pixels.data, width: pixels.info.width, height: pixels.info.height };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function frameOf(boxes: readonly Box[]): Box {
  const left = Math.floor(Math.min(...boxes.map((box) => box.left)));
  const top = Math.floor(Math.min(...boxes.map((box) => box.top)));
  const width = Math.ceil(Math.max(...boxes.map((box) => box.left + box.width))) - left;
  const height = Math.ceil(Math.max(...boxes.map((box) => box.top + box.height))) - top;
  return { left, top, width, height };
}

function cut(whole: Pixels, box: Box): Pixels {
  const [left, top] = [Math.round(box.left), Math.round(box.top)];
  const width = Math.min(Math.round(box.width), whole.width - left);
  const height = Math.min(Math.round(box.height), whole.height - top);
  const data = Buffer.alloc(4 * width * height);
  for (let row = 0; row < height; row++) {
    const from = 4 * ((top + row) * whole.width + left);
    whole.data.copy(data, 4 * row * width, from, from + 4 * width);
  }
  return { data, width, height };
}
