import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import {
  decodeLink,
  encodeLink,
  isStandardLink,
  longestLink,
} from '../../../../src/laboratory/storage/lab-link.ts';
import { standardState } from '../../../../src/laboratory/storage/standard-state.ts';
import type { LabState } from '../../../../src/laboratory/lab-state.ts';
import { states } from './arbitrary-states.ts';

const linkOf = (json: string): string => `v1.${deflateSync(json).toString('base64url')}`;
const decode = (value: unknown) => decodeLink(linkOf(JSON.stringify(value)));

/** Whether a state is one: its experiments parse to themselves, the rest has its types. */
function expectValid(state: LabState): void {
  expect(parseExperiment(state.experiment, 'the test')).toEqual(state.experiment);
  if (state.compared) expect(parseExperiment(state.compared, 'the test')).toEqual(state.compared);
  expect(state.panels.length).toBeLessThanOrEqual(24);
  for (const panel of state.panels) {
    expect(Object.keys(panel).sort()).toEqual(['analysis', 'figure', 'kind', 'wide']);
    expect(Object.getPrototypeOf(panel.figure)).toBe(Object.prototype);
    expect(panel.kind).toMatch(/^[\w-]{1,64}$/);
    expect(typeof panel.wide).toBe('boolean');
    for (const value of Object.values(panel.figure)) {
      expect(value === null || ['string', 'number', 'boolean'].includes(typeof value)).toBe(true);
    }
  }
  expect(['auto', 'webgpu', 'wasm']).toContain(state.provider);
  expect(state.selected === null || Number.isSafeInteger(state.selected)).toBe(true);
}

async function expectRefused(text: string): Promise<readonly string[]> {
  const { state, problems } = await decodeLink(text);
  expectValid(state);
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) expect(problem).toMatch(/^\p{Lu}[^\n]*\.$/u);
  return problems;
}

describe('a link', () => {
  it('gives back any valid state, without a word', () =>
    fc.assert(
      fc.asyncProperty(states, async (state) => {
        const { state: found, problems } = await decodeLink(await encodeLink(state));
        expect(problems).toEqual([]);
        expect(found).toEqual(state);
      }),
      { numRuns: 500 },
    ));

  it('is short where little differs from the standard state, and says where nothing does', async () => {
    const standard = standardState();
    const plain = await encodeLink(standard);
    expect(plain.length).toBeLessThan(20);
    expect(await isStandardLink(plain)).toBe(true);
    const changed = { ...standard, experiment: { ...standard.experiment, seed: 7 } };
    const link = await encodeLink(changed);
    expect(link.length).toBeLessThan(60);
    expect(await isStandardLink(link)).toBe(false);
    expect(link).toMatch(/^v1\.[\w-]+$/);
  });

  it('forgets a pick that its own settings have no network for', async () => {
    const standard = standardState();
    const few = { ...standard.experiment, initialisations: 3 };
    const { state, problems } = await decodeLink(
      await encodeLink({ ...standard, experiment: few, selected: 17 }),
    );
    expect([state.selected, problems]).toEqual([null, []]);
  });
});

describe('a link that does not fit', () => {
  it('names the setting that is wrong and takes the standard settings whole', async () => {
    const { state, problems } = await decode({ experiment: { seed: 7, hiddenSizes: [64, 0] } });
    expect(state).toEqual(standardState());
    expect(problems).toEqual([
      'In the link: hiddenSizes[1] is 0: a layer needs at least one unit (the settings); all standard settings stand instead.',
    ]);
  });

  it('loses settings that are gone, with a sentence, and keeps the rest', async () => {
    const { state, problems } = await decode({ experiment: { seed: 7, warp: 9 }, colour: 'red' });
    expect(state.experiment.seed).toBe(7);
    expect(problems).toEqual([
      'In the link: It has no use for "colour" in the link any more.',
      'In the link: It has no use for "warp" in the settings any more.',
    ]);
  });

  it('loses a panel that does not exist, and keeps its neighbours', async () => {
    const panels = [{ kind: 'loss-curves' }, { kind: 'loss-curve' }, { kind: 'landscape-map' }];
    const { state, problems } = await decode({ panels });
    expect(state.panels.map(({ kind }) => kind)).toEqual(['loss-curves', 'landscape-map']);
    expect(problems).toEqual([
      'In the link: kind is "loss-curve": did you mean "loss-curves"? (panel 2); it is left out.',
    ]);
  });

  it('is of a newer laboratory: says so', async () => {
    const [sentence] = await expectRefused('v2.eJyrrgUAAXUA-Q');
    expect(sentence).toContain('newer laboratory (version 2; this one reads version 1)');
  });

  it('keeps 24 panels and says how many there were', async () => {
    const panels = Array.from({ length: 1000 }, () => ({ kind: 'loss-curves' }));
    const { state, problems } = await decode({ panels });
    expect(state.panels).toHaveLength(24);
    expect(problems).toEqual(['In the link: It has 1000 panels: the first 24 are there.']);
  });
});

describe('a hostile link', () => {
  it('of random text gives the standard state and a sentence', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.string({ unit: 'grapheme', maxLength: 300 }).map((text) => `v1.${text}`),
          fc.stringMatching(/^v1\.[\w-]{0,200}$/),
          fc.stringMatching(/^v\d{1,8}\.[\w-]{0,20}$/).filter((text) => !text.startsWith('v1.')),
        ),
        async (text) => void (await expectRefused(text)),
      ),
      { numRuns: 2000 },
    ));

  it('that was cut short or changed in one character is noticed', () =>
    fc.assert(
      fc.asyncProperty(states, fc.nat(), fc.nat(63), fc.boolean(), async (state, at, to, isCut) => {
        const link = await encodeLink(state);
        const place = at % link.length;
        const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        const other = link[place] === alphabet[to] ? '!' : alphabet[to];
        const changed = link.slice(0, place) + (isCut ? '' : other + link.slice(place + 1));
        await expectRefused(changed);
      }),
      { numRuns: 1500 },
    ));

  it('of any JSON gives a valid state, and a sentence unless all of it was taken', () =>
    fc.assert(
      fc.asyncProperty(hostileValues, async (value) => {
        const json = JSON.stringify(value);
        const { state, problems } = await decodeLink(linkOf(json));
        expectValid(state);
        const isTaken = (await encodeLink(state)) !== (await encodeLink(standardState()));
        if (!isTaken && Object.keys(value as object).length > 0) {
          expect(problems.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    ));

  it('is refused where it is a bomb, before it is inflated', async () => {
    const bomb = `v1.${deflateSync(Buffer.alloc(100_000_000, '[')).toString('base64url')}`;
    expect(bomb.length).toBeLessThan(longestLink);
    expect(await expectRefused(bomb)).toEqual([
      'The link unpacks to more than any state holds: the standard settings stand.',
    ]);
  });

  it('is refused where it is nested, endless or too long', async () => {
    await expectRefused(linkOf(`${'['.repeat(400_000)}${']'.repeat(400_000)}`));
    await expectRefused(linkOf(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`));
    await expectRefused(linkOf(`{"panels":[${'1,'.repeat(200_000)}1]}`));
    await expectRefused(`v1.${'A'.repeat(longestLink)}`);
    await expectRefused(linkOf('{"experiment":{"seed":1e999}}'));
    await expectRefused(linkOf(`{"experiment":{"title":"${'x'.repeat(20_000)}"}}`));
    await expectRefused(linkOf('null'));
    await expectRefused(linkOf('[]'));
    await expectRefused(linkOf(''));
  });

  it('reaches no prototype', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'length'];
    for (const key of names) {
      const evil = `{"${key}":{"polluted":true}}`;
      const panel = `{"kind":"loss-curves","figure":${evil},"analysis":${evil}}`;
      const { problems } = await decodeLink(
        linkOf(
          `{"${key}":{"polluted":1},"experiment":${evil},"compared":${evil},"panels":[${panel}]}`,
        ),
      );
      expect(problems).toContain(`The link holds the name "${key}", which is left out.`);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

const hostileValues = fc
  .oneof(
    fc.record(
      {
        experiment: fc.anything({ maxDepth: 3 }),
        compared: fc.anything({ maxDepth: 3 }),
        panels: fc.oneof(fc.anything({ maxDepth: 3 }), fc.array(fc.anything({ maxDepth: 3 }))),
        selected: fc.oneof(fc.double(), fc.anything()),
        provider: fc.oneof(fc.string(), fc.anything()),
      },
      { requiredKeys: [] },
    ),
    fc.object({ maxDepth: 4 }),
  )
  .filter((value) => {
    try {
      return JSON.stringify(JSON.parse(JSON.stringify(value))) !== undefined;
    } catch {
      return false;
    }
  });
