// The built site in headless Chromium: one server and one browser a test file, and a record of all that a page asks and complains of.
import { existsSync, globSync } from 'node:fs';
import { inspect, isDeepStrictEqual } from 'node:util';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  type Request,
} from 'playwright-core';
import { findChromium, quietArguments } from './chromium.ts';
import { sitePaths } from './site-paths.ts';
import { serveFolder, type StaticServer } from './static-server.ts';

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors, uncaught errors, failed requests, answers of 400 or more, and what the page's policy blocked. */
  readonly problems: readonly string[];
  /** Addresses asked for, in order, `data:` and `blob:` left out. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export interface Site {
  readonly browser: Browser;
  readonly server: StaticServer;
  /** @param path below the base, such as `chapters/12-method/`. */
  visit(path: string, options?: BrowserContextOptions & { before?: string }): Promise<Visit>;
  close(): Promise<void>;
}

/** A phone and a desktop, in CSS pixels. */
export const screens = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 } },
} as const;

/** Milliseconds that a page has for what it is asked, on a machine that does other things, too. */
export const patience = 30_000;

/** Paths of all built pages below the base. */
export function builtPages(): string[] {
  if (!existsSync(`${sitePaths.folder}/index.html`)) {
    throw new Error(
      `There is no built site in ${sitePaths.folder}: run \`npm test\`, which builds it, ` +
        `or \`ATLAS_BASE=${sitePaths.base} npx astro build --outDir ${sitePaths.folder}\`.`,
    );
  }
  return globSync('**/*.html', { cwd: sitePaths.folder })
    .map((file) => file.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1'))
    .sort();
}

export const builtChapters = (): string[] =>
  builtPages().filter((path) => path.startsWith('chapters/'));

/** The chapter whose file name holds `name`. */
export function chapterPath(name: string): string {
  const path = builtChapters().find((candidate) => candidate.includes(name));
  if (!path) throw new Error(`No built chapter is called '${name}'.`);
  return path;
}

export async function openSite(
  // `folder` where it is not the whole site that is served.
  options: {
    args?: readonly string[];
    isolated?: boolean;
    asHost?: boolean;
    folder?: string;
  } = {},
) {
  builtPages();
  const { base } = sitePaths;
  const { isolated = false, asHost = false, folder = sitePaths.folder } = options;
  const server = await serveFolder(folder, { base, isolated, asHost });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...quietArguments, ...(options.args ?? [])],
  });
  const site: Site = {
    browser,
    server,
    async visit(path, { before, ...contextOptions } = {}) {
      const context = await browser.newContext({
        ...screens.desktop,
        // What the service worker fetches in the background is none of a page's own requests, and a file that it has
        // kept is out of a test's hands; the tests of keeping allow it.
        serviceWorkers: 'block',
        // The title page's scene takes a processor for eight seconds: its own tests ask for it.
        ...(path === '' ? { reducedMotion: 'reduce' as const } : {}),
        ...contextOptions,
      });
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      if (before !== undefined) await page.addInitScript(before);
      const problems: string[] = [];
      const requests: string[] = [];
      // Some are blocked without a word in the console, such as a library's try at evaluating code.
      await page.exposeFunction('policyViolated', (what: string) =>
        problems.push(`policy: ${what}`),
      );
      await page.addInitScript(reportViolations);
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
      const isLeft = leavesOf(page);
      page.on('requestfailed', (request) => {
        const reason = request.failure()?.errorText ?? '';
        // Chromium at times calls a stream aborted that a worker has read to its end; without the runtime, training fails.
        if (reason === 'net::ERR_ABORTED' && request.url().endsWith('.wasm')) return;
        if (reason === 'net::ERR_ABORTED' && isLeft(request)) return;
        problems.push(`failed: ${request.url()} ${reason}`);
      });
      page.on('response', (response) => {
        if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
      });
      context.on('request', (request) => {
        if (/^https?:/.test(request.url())) requests.push(request.url());
      });
      await page.goto(server.url + path);
      return { page, context, problems, requests, close: () => context.close() };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
  return site;
}

/** Runs in the page before anything else. */
function reportViolations(): void {
  addEventListener('securitypolicyviolation', (event) => {
    const { violatedDirective, blockedURI, sourceFile, lineNumber } = event;
    const { policyViolated } = globalThis as unknown as { policyViolated(what: string): void };
    policyViolated(`${violatedDirective} blocked ${blockedURI} of ${sourceFile}:${lineNumber}`);
  });
}

/** Reads the page to its end, as a reader would, and waits until every figure is alive. */
export async function readThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let top = 0; top < document.documentElement.scrollHeight; top += 0.9 * innerHeight) {
      scrollTo({ top, behavior: 'instant' });
      await frame();
      await frame();
    }
  });
  await everyFigureAlive(page);
}

/** By the page's own means, since the benchmark asks it too; what a closed fold hides waits until it is opened. */
export async function everyFigureAlive(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('atlas-figure:not([data-alive])')].every((figure) =>
        figure.closest('details:not([open])'),
      ),
    undefined,
    { timeout: patience },
  );
}

/** Waits until every colour is what it will be: even with less motion, a transition ends only with the next frame. */
export async function coloursSettled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const isOnItsWay = () => document.getAnimations().some((one) => one instanceof CSSTransition);
    while (isOnItsWay()) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

/** Waits until nothing has moved for so many frames, which on a slow machine take longer, as all that waits for them does. */
export async function atRest(page: Page, frames = 30): Promise<void> {
  await page.evaluate(async (enough) => {
    const look = () => [scrollX, scrollY, document.documentElement.scrollHeight].join();
    let last = look();
    for (let still = 0; still < enough;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = look();
      still = now === last ? still + 1 : 0;
      last = now;
    }
  }, frames);
}

/** Waits until `read` gives `value`; says both where it never does. Without Vitest, since the benchmark asks it too. */
export async function until<Value>(
  read: () => Promise<Value>,
  value: Value,
  timeout = patience,
): Promise<void> {
  const end = performance.now() + timeout;
  for (;;) {
    let last: unknown;
    try {
      last = await read();
      if (isDeepStrictEqual(last, value)) return;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end)
      throw new Error(`After ${timeout} ms it is ${inspect(last)}, not ${inspect(value)}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Tells whether a request is one of a page's that is being left, or has been, for another: what it still fetched is aborted then. */
function leavesOf(page: Page): (request: Request) => boolean {
  let documents = 0;
  let isLeaving = false;
  const documentOf = new WeakMap<Request, number>();
  page.on('request', (request) => {
    documentOf.set(request, documents);
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) isLeaving = true;
  });
  page.on('framenavigated', (frame) => {
    // Another part of the same page is reached without a request.
    if (frame !== page.mainFrame() || !isLeaving) return;
    isLeaving = false;
    documents++;
  });
  return (request) => isLeaving || (documentOf.get(request) ?? documents) < documents;
}
