// Opens a page whose files of code come late, as on a slow connection, and asks it something meanwhile.
import type { Page } from 'playwright-core';

const code = /\/_astro\/[^?]*\.js$/;

export async function withoutScripts(
  page: Page,
  open: () => Promise<unknown>,
  ask: (page: Page) => Promise<void>,
): Promise<void> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(code, async (route) => {
    await released;
    await route.continue();
  });
  const opened = open();
  try {
    await page.waitForFunction(
      () =>
        document.readyState === 'interactive' &&
        [...document.querySelectorAll('link')].every(
          ({ rel, sheet }) => rel !== 'stylesheet' || sheet !== null,
        ),
    );
    await page.evaluate(async () => {
      await document.fonts.ready;
      // Two frames: what is measured in one is laid out in the next.
      for (let frames = 0; frames < 2; frames++)
        await new Promise((resolve) => requestAnimationFrame(resolve));
    });
    await ask(page);
  } finally {
    release();
    await opened;
    await page.unroute(code);
  }
}
