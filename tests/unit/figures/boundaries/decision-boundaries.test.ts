// The small multiples and the large picture: where the boundary lies, how many panels, which is picked.
import { describe, expect, it } from 'vitest';
import {
  boundariesTogether,
  dataBoundary,
} from '../../../../src/figures/boundaries/data-boundary.ts';
import { decisionBoundaries } from '../../../../src/figures/boundaries/decision-boundaries.ts';
import { networkColour } from '../../../../src/figures/kit/palette.ts';
import { drawStill, smallRun } from '../drawing.ts';

const numbers = (path: string): number[] => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

describe('decision boundaries', () => {
  it('draws a numbered panel a network over one shared drawing of the points', () => {
    const { all, texts } = drawStill(decisionBoundaries, smallRun());
    expect(all('.panel-edge')).toHaveLength(4);
    expect(all('.layer-panels use')).toHaveLength(4);
    expect(all('.layer-panels defs g')).toHaveLength(1);
    expect(texts()).toEqual(expect.arrayContaining(['0', '1', '2', '3']));
    const target = all('defs g')[0]!.getAttribute('id');
    expect(all('use')[0]!.getAttribute('href')).toBe(`#${target}`);
  });

  it('puts the line where the probability is one half', () => {
    const { all } = drawStill(decisionBoundaries, smallRun());
    const side = Number(all('.panel-edge')[0]!.getAttribute('width'));
    // Network n changes its answer at x = n / 4 in an extent from -2 to 2.
    for (const [n, line] of all('.layer-panels path.line').entries())
      expect(numbers(line.getAttribute('d')!)[0]).toBeCloseTo(((n / 4 + 2) / 4) * side, 0);
  });

  it('draws no line along the edge of a panel', () => {
    const { all } = drawStill(decisionBoundaries, smallRun());
    const line = all('.layer-panels path.line')[0]!.getAttribute('d')!;
    const moves = numbers(line).slice(2);
    expect(moves.filter((_, index) => index % 2 === 0).every((dx) => dx === 0)).toBe(true);
    // From one edge to the other, once.
    const side = Number(all('.panel-edge')[0]!.getAttribute('height'));
    const length = moves.reduce((sum, move) => sum + Math.abs(move), 0);
    expect(length).toBeCloseTo(side, 0);
  });

  it('outlines the picked panel in the colour of its network and tells its accuracy', () => {
    const { all, texts } = drawStill(decisionBoundaries, smallRun(), { selected: 2 });
    expect(all('.layer-picked .line')[0]!.getAttribute('stroke')).toBe(networkColour(2));
    expect(texts()).toContain('network 2: 89.0% of test points right');
  });

  it('says why there is no picture for points of many features', () => {
    const run = smallRun();
    const many = { ...run, boundaries: null, data: { ...run.data, features: 64 } };
    const { texts } = drawStill(decisionBoundaries, many);
    expect(texts().join(' ')).toBe(
      'A boundary can be drawn for points of two features: these have 64.',
    );
  });
});

describe('data and one boundary', () => {
  it('draws every training point once in the colour of its class', () => {
    const { all } = drawStill(dataBoundary, smallRun());
    const dots = all('.layer-points path:not(.paper-line)').map(
      (path) => path.getAttribute('d')!.match(/M/g)!.length,
    );
    expect(dots).toEqual([12, 12]);
  });

  it('adds shading and the boundary once a network is picked', () => {
    expect(drawStill(dataBoundary, smallRun()).all('.layer-answer path')).toHaveLength(0);
    const { all, texts } = drawStill(dataBoundary, smallRun(), { selected: 1 });
    expect(all('.layer-answer .ink')).toHaveLength(1);
    expect(texts()).toContain('network 1');
    expect(texts()).toContain('class red');
  });

  it('describes the points in words', () => {
    expect(dataBoundary.describe(smallRun(), dataBoundary.initial)).toBe(
      '24 training points in two features: 12 of class red, 12 of class green.',
    );
  });
});

describe('boundaries on one sheet', () => {
  it('draws one line for every network, and no more than the picked one without them', () => {
    const { all } = drawStill(boundariesTogether, smallRun());
    const [lines] = all('.layer-others path');
    expect(lines!.getAttribute('d')!.match(/M/g)).toHaveLength(
      smallRun().boundaries!.classes.length / smallRun().boundaries!.size ** 2,
    );
    expect(drawStill(dataBoundary, smallRun()).all('.layer-others path.line')).toHaveLength(0);
  });
});

describe('numbers, controls and guesses', () => {
  it('counts the share of the sheet that each network gives to class 1', () => {
    const { rows } = decisionBoundaries.table!(smallRun(), decisionBoundaries.initial);
    // Of eight columns from -2 to 2, those right of n / 4 answer class 1: 4, 4, 3, 3 of them.
    expect(rows.map((row) => row[3])).toEqual([0.5, 0.5, 0.375, 0.375]);
  });

  it('counts on how much of the sheet each network answers like the picked one', () => {
    const state = { ...boundariesTogether.initial, selected: 0 };
    const { rows } = boundariesTogether.table!(smallRun(), state);
    expect(rows.map((row) => row[2])).toEqual([1, 1, 0.875, 0.875]);
  });

  it('lists the points with class and part', () => {
    const { rows } = dataBoundary.table!(smallRun(), dataBoundary.initial);
    expect(rows).toHaveLength(32);
    expect(rows[1]!.slice(2)).toEqual(['green', 'training']);
    expect(rows.at(-1)!.at(-1)).toBe('test');
  });

  it('picks a network with a slider, none to begin with', () => {
    for (const figure of [decisionBoundaries, dataBoundary, boundariesTogether]) {
      const [control] = figure.controls!(smallRun());
      expect(control!.options.map(({ value }) => value)).toEqual([null, 0, 1, 2, 3]);
    }
  });

  it('writes what was guessed, once it was', () => {
    expect(drawStill(decisionBoundaries, smallRun()).texts().join(' ')).not.toContain('guess');
    const { texts } = drawStill(decisionBoundaries, smallRun(), { guess: 'nearly one line' });
    expect(texts()).toContain('your guess: nearly one line');
  });
});
