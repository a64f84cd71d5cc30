// Same seed, same first weights, bit for bit, in Node and in the browser.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openComputingPage, type ComputingPage } from './computing-page.ts';
import { hashesOfStarts } from './hashes-of-starts.ts';

let page: ComputingPage;
beforeAll(async () => {
  page = await openComputingPage();
});
afterAll(() => page.close());

it('every initialiser draws the same bits in Node and in the page', async () => {
  const [here, there] = await Promise.all([hashesOfStarts(), page.hashesOfStarts()]);
  expect(there).toEqual(here);
});

it('the hashes tell seeds, sizes and initialisers apart', async () => {
  const hashes = Object.entries(await hashesOfStarts()).filter(([name]) => !name.includes('zeros'));
  expect(hashes.length).toBeGreaterThanOrEqual(63);
  expect(new Set(hashes.map(([, hash]) => hash)).size).toBe(hashes.length);
});
