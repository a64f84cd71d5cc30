// A chapter's own picture for the title page: the figure that its social card shows, small, on the paper of either theme.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import sharp from 'sharp';
import type { Chapter } from './readers/chapters.ts';
import { readRules, readVariables, standAlone } from './cards/standalone-svg.ts';
import { figurePlaces, type FigurePlace } from './gallery/places.ts';
import { readSource } from './readers/figure-source.ts';
import { drawStatic } from './static-drawing.ts';

export const pictureThemes = ['light', 'dark'] as const;
export type PictureTheme = (typeof pictureThemes)[number];

/** Pixels: twice what the title page shows. */
export const chapterPictureSize = { width: 760, height: 480 } as const;
/** Around the drawing. */
const margin = 28;

/** Null for a chapter without a figure. */
export function placeOfPicture({ id, data }: Chapter): FigurePlace | null {
  const places = figurePlaces().filter(({ chapter }) => chapter === id);
  return places.find(({ name }) => name === `${id}/${data.card}`) ?? places[0] ?? null;
}

async function variablesOf(theme: PictureTheme): Promise<Map<string, string>> {
  const css = await readFile(join(process.cwd(), 'src/styles/theme.css'), 'utf8');
  const dark = css
    .slice(css.indexOf(":root[data-theme='dark']"))
    .replace(/:root\[[^\]]*\]/, ':root');
  return new Map([...readVariables(css), ...(theme === 'dark' ? readVariables(dark) : [])]);
}

export async function chapterPicture(place: FigurePlace, theme: PictureTheme): Promise<Buffer> {
  const words = `the picture of ${place.chapter}`;
  const { figure, run, study, analyses } = place;
  const source = await readSource(
    figure,
    {
      run: run ?? undefined,
      study: study ?? undefined,
      analyses: study === null ? undefined : analyses.join(' '),
    },
    words,
  );
  const state = [...place.states].filter(([name]) => name !== 'guessed').at(-1)?.[1] ?? {};
  const { html } = await drawStatic(figure, source.data, state, words);
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  const svg = document.querySelector('svg');
  if (!svg) throw new Error(`'${figure}' has no drawing (${words}).`);
  const css = await readFile(join(process.cwd(), 'src/figures/kit/figures.css'), 'utf8');
  const variables = await variablesOf(theme);
  standAlone(svg, readRules(css), variables);
  const [, , width = 1, height = 1] = (svg.getAttribute('viewBox') ?? '').split(/\s+/).map(Number);
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  const inner = {
    width: chapterPictureSize.width - 2 * margin,
    height: chapterPictureSize.height - 2 * margin,
  };
  const scale = Math.min(inner.width / width, inner.height / height);
  const drawing = await sharp(Buffer.from(svg.outerHTML), { density: 72 * scale, unlimited: true })
    .resize({ ...inner, fit: 'inside' })
    .png()
    .toBuffer();
  const paper = variables.get('--paper') ?? '#fff';
  return sharp({ create: { ...chapterPictureSize, channels: 3, background: paper } })
    .composite([{ input: drawing, gravity: 'centre' }])
    .avif({ quality: 62, effort: 2 })
    .toBuffer();
}
