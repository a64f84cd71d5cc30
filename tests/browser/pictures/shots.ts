// Takes pictures of a figure in its states, alone on a page, at the width that its chapter gives it on a screen.
import type { Page } from 'playwright-core';
import { until, type Site } from '../site.ts';
import { serveKeptData } from './kept-data.ts';
import type { PicturedFigure } from './states.ts';

export const pictureScreens = {
  phone: { viewport: { width: 390, height: 844 } },
  tablet: { viewport: { width: 768, height: 1024 } },
  desktop: { viewport: { width: 1440, height: 900 } },
} as const;
export type PictureScreen = keyof typeof pictureScreens;
export type Theme = 'light' | 'dark';

export interface Shot {
  readonly state: string;
  readonly png: Buffer;
}

/** Pages' own system fonts differ from machine to machine: labels are set in the font that the site brings. */
const oneFont = `:root { --font-ui: 'Source Serif 4' !important; }
  * { animation: none !important; transition: none !important; caret-color: transparent !important; }`;

/** Opens a chapter, ready to have its figures drawn one by one. */
export async function openStudio(site: Site, path: string, screen: PictureScreen, theme: Theme) {
  const context = await site.browser.newContext({
    ...pictureScreens[screen],
    colorScheme: theme,
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  context.setDefaultTimeout(20_000);
  await serveKeptData(context);
  const page = await context.newPage();
  await page.goto(site.server.url + path);
  await page.addStyleTag({ content: oneFont });
  await page.evaluate(() => document.fonts.ready);
  const widths = await page.evaluate(() =>
    [...document.querySelectorAll('atlas-figure')].map((figure) => figure.clientWidth),
  );
  return { page, widths, close: () => context.close() };
}

type LiveFigure = HTMLElement & { show(state: object): void };

/** The figure drawn live, as the only thing on the page. */
export async function shoot(page: Page, figure: PicturedFigure, width: number): Promise<Shot[]> {
  await page.evaluate(
    ([attributes, wide]) => {
      const place = document.createElement('main');
      place.id = 'studio';
      place.style.cssText = `width: ${wide}px; margin: 0; padding: 8px; background: var(--paper)`;
      const element = document.createElement('atlas-figure');
      for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith('data-') && name !== 'data-alive') element.setAttribute(name, value);
      }
      place.append(element);
      document.body.replaceChildren(place);
      scrollTo({ top: 0, behavior: 'instant' });
    },
    [figure.attributes, width] as const,
  );
  await until(() => page.locator('#studio atlas-figure[data-alive]').count(), 1);
  const shots: Shot[] = [];
  for (const [state, value] of figure.states) {
    await page.evaluate(async (next) => {
      document.querySelector<LiveFigure>('#studio atlas-figure')?.show(next);
      for (let frame = 0; frame < 3; frame++)
        await new Promise((done) => requestAnimationFrame(done));
    }, value);
    shots.push({ state, png: await page.locator('#studio').screenshot({ caret: 'hide' }) });
  }
  return shots;
}
