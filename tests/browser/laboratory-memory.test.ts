// Training and changing pictures again and again holds memory flat; the benchmark does it for ten minutes, this for some rounds.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLab, smallState } from './lab.ts';
import { useOnce, watchMemory } from './lab-memory.ts';
import { openSite, type Site } from './site.ts';

/** Bytes of heap that ten rounds may leave behind: a leaked surface, run or program takes more in each. */
const mostLeft = 2_000_000;
const kinds = ['slice-map', 'slice-surface', 'landscape-whole', 'barrier-matrix'];

let site: Site;
beforeAll(async () => {
  site = await openSite({ args: ['--enable-unsafe-swiftshader'] });
});
afterAll(() => site.close());

it('holds the heaps of page and workers, and takes no more WebAssembly memory', async () => {
  const { visit, lab } = await openLab(site, smallState({ epochs: 10 }));
  const memory = await watchMemory(lab.page);
  // Runtime, programs, code and caches come with the first rounds.
  for (let round = 0; round < 6; round++) await useOnce(lab, kinds);
  const before = await memory();
  for (let round = 0; round < 10; round++) await useOnce(lab, kinds);
  const after = await memory();
  expect(before.wasm).toBeGreaterThan(1e6);
  expect(after.wasm).toBe(before.wasm);
  expect(after.heap - before.heap, `${before.heap} became ${after.heap}`).toBeLessThan(mostLeft);
  expect(visit.problems).toEqual([]);
  await visit.close();
});
