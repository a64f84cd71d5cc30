// Films and posters: a file that other programs read, of the promised shape, in which something moves.
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { parseHTML } from 'linkedom';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filmShapes, type FilmShape } from '../../src/elements/film/film-shape.ts';
import { findChromium, quietArguments } from './chromium.ts';
import { serveFolder, type StaticServer } from './static-server.ts';
import { buildTestPage } from './test-pages.ts';

interface Filming {
  film(shape: FilmShape): Promise<{
    ending: string;
    count: number;
    different: number;
    last: string;
    bytes: string;
  }>;
  poster(): string;
  leftovers(): number;
}

let server: StaticServer;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  server = await serveFolder(await buildTestPage('filming'));
  browser = await chromium.launch({ executablePath: findChromium(), args: quietArguments });
  page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  await page.goto(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe('a film', () => {
  it.each(['tall'] as const)('in %s is a file of its size and length, and moves', async (shape) => {
    const { ending, count, different, bytes } = await page.evaluate(
      (asked) => (window as unknown as Filming).film(asked),
      shape,
    );
    expect(['mp4', 'webm']).toContain(ending);
    const input = new Input({
      source: new BufferSource(Buffer.from(bytes, 'base64')),
      formats: ALL_FORMATS,
    });
    const track = (await input.getPrimaryVideoTrack())!;
    const { width, height } = filmShapes[shape];
    expect([track.displayWidth, track.displayHeight]).toEqual([width, height]);
    let packets = 0;
    for await (const packet of new EncodedPacketSink(track).packets())
      packets += packet.byteLength > 0 ? 1 : 0;
    expect(packets).toBe(count);
    expect(await input.computeDuration()).toBeCloseTo(count / 30, 2);
    // The walk has five places.
    expect(different).toBe(5);
    expect(await page.evaluate(() => (window as unknown as Filming).leftovers())).toBe(0);
  });
});

describe('a poster', () => {
  it('is an A2 sheet with title, picture and source', async () => {
    const { document } = parseHTML(
      await page.evaluate(() => (window as unknown as Filming).poster()),
    );
    const svg = document.querySelector('svg')!;
    const size = [svg.getAttribute('width'), svg.getAttribute('height')].sort();
    expect(size).toEqual(['420mm', '594mm']);
    const words = [...svg.querySelectorAll('text')].map(({ textContent }) => textContent);
    expect(words).toEqual(expect.arrayContaining(['A walk on two weights', 'Loss Atlas, test.']));
    expect(words.join(' ')).toContain('Contour lines');
    expect(svg.outerHTML).not.toMatch(/var\(|oklch|class=|NaN/);
    expect(await page.evaluate(() => (window as unknown as Filming).leftovers())).toBe(0);
  });
});
