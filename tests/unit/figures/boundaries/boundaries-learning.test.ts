// Boundaries over time: drawn where the trained networks have them, beside curves on the same clock.
import { describe, expect, it } from 'vitest';
import { boundariesAt } from '../../../../src/figures/boundaries/boundary-history-lines.ts';
import { boundariesLearning } from '../../../../src/figures/boundaries/boundaries-learning.ts';
import { answerAt, unpackOneLayer } from '../../../../src/figures/boundaries/one-layer-network.ts';
import type { BoundaryHistoryResult } from '../../../../src/landscape/analyses/boundary-history/boundary-history-result.ts';
import { drawStill, smallRun } from '../drawing.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { askedStudy, trainedMoons } from '../trained-study.ts';

const executor = await cpuExecutor();

describe('boundaries over time', async () => {
  const condition = await trainedMoons(executor, 'tanh');
  const study = await askedStudy(executor, condition, {
    kind: 'boundary-history',
    size: 24,
    patterns: 14,
  });
  const history = study.results['own'] as BoundaryHistoryResult;
  const [x0, x1, y0, y1] = history.extent as [number, number, number, number];
  const { snapshots, snapshotSteps, parameters: P } = condition.history;
  const S = snapshotSteps.length;
  const networkAt = (s: number, n: number) =>
    unpackOneLayer(snapshots.subarray((s * 4 + n) * P, (s * 4 + n + 1) * P), 'tanh');

  /** Distances of the drawn points of a snapshot from the true boundary, in shares of the sheet: answer over slope. */
  function distances(lines: ReturnType<typeof boundariesAt>, s: number): number[] {
    return lines.flatMap((ofOne, n) => {
      const network = networkAt(s, n);
      const answer = (u: number, v: number) =>
        answerAt(network, x0 + u * (x1 - x0), y0 + v * (y1 - y0));
      return ofOne.flat().map(([u, v]) => {
        const d = 1e-4;
        const value = answer(u, v);
        const slope = Math.hypot(answer(u + d, v) - value, answer(u, v + d) - value) / d;
        return Math.abs(value) / slope;
      });
    });
  }

  it('lie where the networks of each snapshot have them', () => {
    expect(S).toBe(4);
    for (let s = 0; s < S; s++) {
      const all = distances(boundariesAt(history, history.epochs.values[s]!), s);
      all.sort((a, b) => a - b);
      expect(all.length).toBeGreaterThan(50);
      expect(all[Math.floor(all.length / 2)]).toBeLessThan(0.003);
      expect(all[Math.floor(0.95 * all.length)]).toBeLessThan(0.02);
    }
  });

  it('move: those of the start are not those of the end', () => {
    const all = distances(boundariesAt(history, 0), S - 1).sort((a, b) => a - b);
    expect(all[Math.floor(all.length / 2)]).toBeGreaterThan(0.02);
  });

  it('stand between two snapshots for a blend of both', () => {
    const [before, after] = [history.epochs.values[1]!, history.epochs.values[2]!];
    const middle = boundariesAt(history, (before + after) / 2);
    expect(middle).toHaveLength(4);
    expect(middle).not.toEqual(boundariesAt(history, before));
    expect(boundariesAt(history, after + 1e9)).toEqual(
      boundariesAt(history, history.epochs.values[S - 1]!),
    );
  });

  it('are drawn beside the curves, the picked one twice', () => {
    const run = { ...smallRun(), boundaryHistory: history };
    const drawn = drawStill(boundariesLearning, run, { until: 2, selected: 1 }, 786);
    expect(drawn.all('.layer-boundaries path')).toHaveLength(4);
    expect(drawn.all('.layer-picked path')).toHaveLength(2);
    expect(drawn.all('.layer-curve-curves path')).toHaveLength(4);
    const line = drawn.all('.layer-picked path')[1]!.getAttribute('stroke');
    expect(
      drawn.all('.layer-curve-emphasis path').map((each) => each.getAttribute('stroke')),
    ).toContain(line);
    expect(drawn.texts().join(' ')).toContain('Epoch 2: the boundaries of 4 networks');
  });

  it('say what is missing', () => {
    expect(boundariesLearning.describe(smallRun(), boundariesLearning.initial)).toBe(
      'The boundaries of this run were not kept over time.',
    );
  });
});
