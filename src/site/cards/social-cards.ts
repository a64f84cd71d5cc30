// Renders a social card for the title page and for each chapter from a figure that its built page, or the page it names, shows.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { parseHTML } from 'linkedom';
import sharp from 'sharp';
import { drawCard, type CardPicture, type CardText } from './draw-card.ts';
import { readRules, readVariables, standAlone } from './standalone-svg.ts';

/** Cards are kept between builds by what they show. Raise it when the drawing of cards changes. */
const version = 'card 1';
const cacheFolder = join(process.cwd(), '.cache', 'cards');
const styleFiles = ['src/styles/theme.css', 'src/figures/kit/figures.css'];

export function socialCards(): AstroIntegration {
  return {
    name: 'social-cards',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const started = performance.now();
        const count = await writeCards(fileURLToPath(dir), (sentence) => logger.warn(sentence));
        logger.info(`${count} cards, ${Math.round(performance.now() - started)} ms`);
      },
    },
  };
}

/** Writes `cards/NAME.png` for every page of `folder` that asks for one; returns how many. */
export async function writeCards(
  folder: string,
  warn: (sentence: string) => void = () => {},
): Promise<number> {
  const [theme = '', figures = ''] = await Promise.all(
    styleFiles.map((file) => readFile(join(process.cwd(), file), 'utf8')),
  );
  const variables = readVariables(theme);
  const rules = readRules(figures);
  const chapters = await readdir(join(folder, 'chapters')).catch(() => []);
  const pages = ['', ...chapters.sort().map((chapter) => `chapters/${chapter}`)];
  await mkdir(join(folder, 'cards'), { recursive: true });
  await mkdir(cacheFolder, { recursive: true });
  for (const page of pages) {
    const document = await documentOf(folder, page);
    const svg = await drawingOf(document, (other) => documentOf(folder, other));
    const picture = svg ? pictureOf(svg, rules, variables, warn) : undefined;
    const card = drawCard(textOf(document), picture, variables);
    const name = page === '' ? 'index' : page.slice('chapters/'.length);
    await writeFile(join(folder, 'cards', `${name}.png`), await rasterise(card));
  }
  return pages.length;
}

async function documentOf(folder: string, page: string): Promise<Document> {
  return parseHTML(await readFile(join(folder, page, 'index.html'), 'utf8')).document;
}

function textOf(document: Document): CardText {
  const text = (selector: string) => document.querySelector(selector)?.textContent?.trim() ?? '';
  return document.querySelector('.chapter-head')
    ? { label: text('.chapter-number'), title: text('h1'), idea: text('.chapter-idea') }
    : { label: 'An explorable explanation', title: text('h1'), idea: text('.title-line') };
}

function pictureOf(
  svg: Element,
  rules: ReturnType<typeof readRules>,
  variables: ReadonlyMap<string, string>,
  warn: (sentence: string) => void,
): CardPicture | undefined {
  const box = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const [x = 0, y = 0, width = 0, height = 0] = box;
  if (!(width > 0 && height > 0)) return undefined;
  for (const sentence of standAlone(svg, rules, variables)) warn(sentence);
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('x', String(-x));
  svg.setAttribute('y', String(-y));
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  // On the page a drawing may reach over its edge.
  svg.setAttribute('overflow', 'visible');
  return { svg: svg.outerHTML, width, height };
}

/**
 * The drawing that the page names, of its own (`ID`) or of another page (`PATH#ID`), else its first. In scrollytelling,
 * the drawing for readers without a script, which shows the whole, comes first.
 */
async function drawingOf(
  document: Document,
  pageAt: (path: string) => Promise<Document>,
): Promise<Element | null> {
  const drawing = '.static-drawing svg';
  const named = document.querySelector('[data-card]')?.getAttribute('data-card');
  if (!named) return document.querySelector(`main ${drawing}`);
  const [path, id] = named.includes('#') ? named.split('#') : [null, named];
  const shown = path ? await pageAt(path) : document;
  const svg = shown.getElementById(id!)?.querySelector(drawing);
  if (svg) return svg;
  const title = document.querySelector('h1')?.textContent.trim();
  throw new Error(
    `The page “${title}” names '${named}' as its card, and no figure has this id: correct 'card' at its head.`,
  );
}

async function rasterise(svg: string): Promise<Buffer> {
  const hash = createHash('sha256').update(version).update(svg).digest('hex').slice(0, 32);
  const kept = join(cacheFolder, `${hash}.png`);
  const before = await readFile(kept).catch(() => null);
  if (before) return before;
  const png = await sharp(Buffer.from(svg), { unlimited: true })
    .png({ palette: true, colours: 256, compressionLevel: 9, effort: 7 })
    .toBuffer();
  // Renamed into place: a build that is killed here must not leave half a card for the next.
  const partial = `${kept}.${randomUUID()}.partial`;
  await writeFile(partial, png);
  await rename(partial, kept);
  return png;
}
