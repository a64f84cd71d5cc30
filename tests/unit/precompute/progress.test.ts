import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createPace, createProgress, timeLeft } from '../../../precompute/progress.ts';
import { stageShares } from '../../../precompute/stages/shares.ts';
import { analysesOfWholeRuns } from '../../../src/landscape/analyses/index.ts';
import { data, experiment } from '../artifact/a-run.ts';

/** A terminal (or none) that remembers what it was told. */
function fakeStream(isTTY: boolean) {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  const extras = { isTTY, columns: 120, cursorTo() {}, clearLine() {}, moveCursor() {} };
  return {
    stream: Object.assign(stream, extras) as unknown as NodeJS.WriteStream,
    text: () => text,
  };
}

describe('the pace of an experiment', () => {
  it('tells the time left from the share of the work that is done', () => {
    let clock = 0;
    const pace = createPace(() => clock);
    pace.begin(0.2);
    expect(pace.at(0)).toEqual({ fraction: 0, secondsLeft: null });
    pace.begin(0.8);
    clock = 10_000;
    // 0.2 + 0.8 / 4 = 0.4 done in 10 s: 15 s are left.
    expect(pace.at(0.25).fraction).toBeCloseTo(0.4);
    expect(pace.at(0.25).secondsLeft).toBeCloseTo(15);
    expect(pace.at(1)).toEqual({ fraction: 1, secondsLeft: 0 });
  });

  it.each([
    [null, 'time left: measuring'],
    [0.2, '1 s left'],
    [59.5, '1 min 00 s left'],
    [185, '3 min 05 s left'],
  ])('says %s seconds as "%s"', (seconds, text) => expect(timeLeft(seconds)).toBe(text));

  it('splits an experiment into shares that sum to 1', () => {
    const analyses = { ...analysesOfWholeRuns, ends: { kind: 'outcomes', records: 3 } } as const;
    const of = stageShares(
      [
        { experiment, data },
        { experiment, data },
      ],
      analyses,
    );
    expect(Object.keys(of.analyses)).toEqual(['landscape', 'boundaries', 'ends']);
    const shares = [of.data, ...of.training, ...Object.values(of.analyses), of.writing];
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(Math.min(...shares)).toBeGreaterThan(0);
  });
});

describe('progress', () => {
  it.each([true, false])('names experiment, stage and time left (terminal: %s)', async (isTTY) => {
    const { stream, text } = fakeStream(isTTY);
    const progress = createProgress(stream);
    progress.experiment('fifty', '1 of 3');
    progress.stage('training', 1);
    progress.update(0.5);
    // Bars are drawn ten times a second at most.
    await new Promise((resolve) => setTimeout(resolve, 150));
    progress.update(0.6);
    progress.note('a line that stays');
    progress.stop();
    expect(text()).toContain('fifty (1 of 3)');
    expect(text()).toContain('training');
    expect(text()).toContain('a line that stays\n');
    if (isTTY) expect(text()).toMatch(/\d+ s left/);
    else expect(text()).not.toContain('\u001b');
  });
});
