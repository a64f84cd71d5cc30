// Training and changing pictures again and again holds memory flat; the benchmark does it for ten minutes, this for some rounds.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLab, smallState } from './lab.ts';
import { memoryArguments, memoryOf, useOnce } from './lab-memory.ts';
import { openSite, type Site } from './site.ts';

/** What each round may leave behind, in bytes: a leaked surface, run or worker takes far more. */
const mostARound = 400_000;
const rounds = 6;
const kinds = ['slice-map', 'slice-surface', 'landscape-whole', 'barrier-matrix'];

let site: Site;
beforeAll(async () => {
  site = await openSite({
    isolated: true,
    args: [...memoryArguments, '--enable-unsafe-swiftshader'],
  });
});
afterAll(() => site.close());

it(`leaves less than ${mostARound / 1e6} MB a round behind`, { timeout: 300_000 }, async () => {
  const { visit, lab } = await openLab(site, smallState({ epochs: 10 }));
  // Runtime, programs and caches come with the first rounds.
  for (let round = 0; round < 2; round++) await useOnce(lab, kinds);
  const before = await memoryOf(lab.page);
  for (let round = 0; round < rounds; round++) await useOnce(lab, kinds);
  const after = await memoryOf(lab.page);
  expect(after - before, `${before} bytes became ${after}`).toBeLessThan(rounds * mostARound);
  expect(visit.problems).toEqual([]);
  await visit.close();
});
