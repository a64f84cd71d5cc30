// What axe finds wrong on a page: asked in the page itself, which takes a tenth of the time of gathering and sending all that is right.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Question {
  /** Looks below this selector alone. */
  readonly include?: string;
  /** Asks these rules alone. */
  readonly rules?: readonly string[];
  readonly withoutRules?: readonly string[];
}

/** Once a page, by the debugger's own way, which a page's content security policy does not forbid. */
async function bringAxe(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in globalThis)) return;
  await page.evaluate(axe.source);
  // Copies of the HTML of all that it looks at would take it a quarter of its time; nobody reads them here.
  await page.evaluate(() => {
    (globalThis as unknown as { axe: typeof axe }).axe.configure({ noHtml: true });
  });
}

/**
 * Takes the marks out of a page's drawings: more than half of all its elements, each of which axe measures. No rule
 * speaks of a shape without a name, a role, an id or a place among what keys reach; over words, a shape can only
 * make axe unsure, which is no violation.
 */
export async function withoutMarks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const shapes = 'svg :is(path, circle, line, rect, polygon, polyline, ellipse)';
    for (const shape of document.querySelectorAll(shapes)) {
      const names = shape.getAttributeNames();
      if (shape.childElementCount > 0) continue;
      if (names.some((name) => /^(aria-.*|role|tabindex|id|title|lang)$/.test(name))) continue;
      shape.remove();
    }
  });
}

/** Each violation with up to three of its places, short enough to read. */
export async function violations(page: Page, question: Question = {}): Promise<string[]> {
  const { include, rules, withoutRules = [] } = question;
  const options: axe.RunOptions = {
    resultTypes: ['violations'],
    ...(rules ? { runOnly: [...rules] } : {}),
    rules: Object.fromEntries(withoutRules.map((rule) => [rule, { enabled: false }])),
  };
  await bringAxe(page);
  const found = await page.evaluate(
    async ([place, asked]) => {
      const { axe: here } = globalThis as unknown as { axe: typeof axe };
      // Of what is nowhere on the page, axe complains by itself.
      return (await here.run(place ?? document, asked)).violations;
    },
    [include ?? null, options] as const,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 3)
      .map(({ target, any }) => `${id}: ${help} (${String(target)}) ${any[0]?.message ?? ''}`),
  );
}
