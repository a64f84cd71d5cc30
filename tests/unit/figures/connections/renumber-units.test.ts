// Two networks mixed in the page: losses as the analysis evaluated them, every pair either way, and bars that change places.
import { describe, expect, it } from 'vitest';
import {
  mixtureOf,
  viewOfRenumbering,
  type RenumberUnitsView,
} from '../../../../src/figures/connections/renumber-units-data.ts';
import { unitShare } from '../../../../src/figures/connections/renumber-units-scene.ts';
import { renumberUnits } from '../../../../src/figures/connections/renumber-units.ts';
import { scoreOf } from '../../../../src/figures/boundaries/one-layer-network.ts';
import { drawStill } from '../drawing.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { askedStudy, trainedMoons } from '../trained-study.ts';

const executor = await cpuExecutor();

describe('renumbering the units of a network', async () => {
  const T = 7;
  const study = await askedStudy(executor, await trainedMoons(executor, 'tanh'), {
    kind: 'renumbering',
    networks: 4,
    points: T,
  });
  const viewOf = (a: number, b: number): RenumberUnitsView => {
    const view = viewOfRenumbering(study, { a, b });
    if (typeof view === 'string') throw new Error(view);
    return view;
  };
  const every = [0, 1, 2, 3].flatMap((a) =>
    [0, 1, 2, 3].filter((b) => b !== a).map((b) => [a, b] as const),
  );

  it.each(every)('has the losses of the analysis on the way from %d to %d', (a, b) => {
    const { pair, points } = viewOf(a, b);
    for (const numbering of ['asTrained', 'renumbered'] as const)
      for (let t = 0; t < T; t++) {
        const { loss } = scoreOf(mixtureOf(pair, numbering, t / (T - 1)), points);
        expect(loss).toBeCloseTo(pair.losses[numbering][t]!, 5);
      }
    expect(pair.change.answers).toBe(0);
    expect(pair.change.largest).toBeLessThan(1e-12);
  });

  it('lists every unit of B once, and its numbering is the way back of that from B to A', () => {
    const [there, back] = [viewOf(1, 3).pair.order, viewOf(3, 1).pair.order];
    expect([...there].sort()).toEqual(there.map((_, k) => k));
    expect(there.map((unit) => back[unit])).toEqual(there.map((_, k) => k));
  });

  it('draws a bar for each unit of A, of B, and of the mixture in two colours', () => {
    const { all, texts } = drawStill(renumberUnits, study, { share: 0.5 });
    expect(all('.layer-units rect')).toHaveLength(8 + 16 + 8);
    expect(texts().join(' ')).toContain('50% A, 50% B');
  });

  it('gives like colours to the mixture once the units are renumbered, and only then', () => {
    const pairsOf = (units: 'asTrained' | 'renumbered') => {
      const { all } = drawStill(renumberUnits, study, { share: 0.5, units });
      const colours = all('.layer-units rect').map((rect) => rect.getAttribute('fill'));
      const mixture = colours.slice(8, 24);
      return mixture.filter((colour, k) => k % 2 === 0 && colour === mixture[k + 1]).length;
    };
    expect(pairsOf('renumbered')).toBe(8);
    expect(pairsOf('asTrained')).toBeLessThan(8);
  });

  it('says what renumbering changed as soon as it is done', () => {
    const said = (state: object) => drawStill(renumberUnits, study, state).texts().join(' ');
    expect(said({ units: 'renumbered' })).toMatch(/changed 0 of B’s 48 answers/);
    expect(said({ units: 'asTrained' })).not.toMatch(/changed/);
    expect(renumberUnits.describe(study, { ...renumberUnits.initial, units: 'both' })).toMatch(
      /as trained .*; with B with its units renumbered/,
    );
  });

  it('takes another network where both are one', () => {
    expect(viewOf(2, 2).pair).toMatchObject({ a: 2, b: 3 });
    expect(renumberUnits.describe({ ...study, results: {} }, renumberUnits.initial)).toMatch(/^No/);
  });
});

it('moves units one after the other from their place to the other', () => {
  for (const column of [0, 31, 63]) {
    expect(unitShare(0, column, 64)).toBe(0);
    expect(unitShare(1, column, 64)).toBe(1);
  }
  expect(unitShare(0.5, 0, 64)).toBeGreaterThan(unitShare(0.5, 63, 64));
});
