// How closely numbers must come out again: noise of single precision passes, whatever its size; what means something does not.
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisContext, Condition } from '../../../../src/landscape/analyses/analysis.ts';
import { compareWithDerived, tensorsOf } from '../../../../src/landscape/analyses/derived.ts';
import { analysisOf } from '../../../../src/landscape/analyses/index.ts';
import {
  sameEigenvalue,
  sameEigenvalueRatio,
  sameGradientNorm,
  sameLoss,
  sameShare,
} from '../../../../src/landscape/analyses/rechecks.ts';
import type { SharpnessResult } from '../../../../src/landscape/analyses/sharpness-along.ts';
import { parseStudy } from '../../../../src/landscape/study.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { analysisContext, trainCondition } from '../../../fixtures/trained-condition.ts';

const isOff = ({
  recorded,
  again,
  tolerance,
}: {
  recorded: number;
  again: number;
  tolerance: number;
}) => !(Object.is(recorded, again) || Math.abs(recorded - again) <= tolerance);

describe('a number computed again', () => {
  it.each([
    ['a loss', sameLoss, 3.3505e-11, 3.2786e-11, 1e-4],
    ['a gradient norm', sameGradientNorm, 3.3505e-11, 3.2786e-11, 1e-5],
    ['an eigenvalue', sameEigenvalue, 3.3505e-11, 3.2786e-11, 1e-5],
  ] as const)('may be other noise, not another number: %s', (_, same, noise, other, number) => {
    expect(isOff(same('x', noise, other))).toBe(false);
    expect(isOff(same('x', noise, number))).toBe(true);
    expect(isOff(same('x', number, noise))).toBe(true);
    expect(isOff(same('x', 2, 2.2))).toBe(true);
    expect(isOff(same('x', 2, 2.00001))).toBe(false);
  });

  it('may be NaN or infinite by chance, but not finite', () => {
    expect(isOff(sameLoss('x', NaN, Infinity))).toBe(false);
    expect(isOff(sameLoss('x', NaN, 1))).toBe(true);
    expect(isOff(sameLoss('x', 1, NaN))).toBe(true);
  });

  it('may differ by two samples on the boundary', () => {
    expect(isOff(sameShare('x', 0.5, 0.52, 100))).toBe(false);
    expect(isOff(sameShare('x', 0.5, 0.53, 100))).toBe(true);
  });

  it('is no number where it is a ratio to noise', () => {
    const ofNoise = { relative: 0.01, largest: 1e-11 };
    expect(isOff(sameEigenvalueRatio('x', 0.3, 0.9, ofNoise))).toBe(false);
    expect(isOff(sameEigenvalueRatio('x', 0.3, 0.33, { relative: 0.01, largest: 2 }))).toBe(true);
  });
});

const executor = await cpuExecutor();

describe('networks that fit so well that nothing is left to curve', () => {
  let context: AnalysisContext;
  const study = parseStudy(
    {
      name: 'flat',
      data: { kind: 'blobs', samples: 48, noise: 0.05 },
      hiddenSizes: [8],
      activation: 'relu',
      optimiser: { kind: 'sgd' },
      learningRate: 50,
      batchSize: 'full',
      epochs: 200,
      recordEvery: 50,
      initialisations: 4,
      snapshots: 5,
      analyses: {
        outcomes: { kind: 'outcomes' },
        sharpness: { kind: 'sharpness-along', snapshots: 5 },
        curvature: { kind: 'curvature', top: 1, bottom: 1, probes: 4, ascentSteps: 3 },
        rescaling: { kind: 'rescaling', points: 5, directions: 2 },
        convexity: { kind: 'convexity', size: 5, hessianSize: 1 },
      },
    },
    'a test',
  );

  beforeAll(async () => {
    const conditions: Condition[] = [];
    for (const condition of study.conditions)
      conditions.push(await trainCondition(condition, executor));
    context = analysisContext(executor, conditions);
  });

  it.each(Object.entries(study.analyses))('pass as they were computed: %s', async (_, spec) => {
    const { result } = await analysisOf(spec).run(context, spec);
    const derived = await analysisOf(spec).derived(context, spec, tensorsOf(result));
    expect(compareWithDerived(result, derived).difference).toBeNull();
    expect((await analysisOf(spec).recheck(context, spec, result)).filter(isOff)).toEqual([]);
  });

  it('have eigenvalues that are noise, and are found out by one that is not', async () => {
    const spec = study.analyses['sharpness']!;
    const { result } = await analysisOf(spec).run(context, spec);
    const { sharpness, networks } = (result as SharpnessResult).conditions['flat']!;
    const last = sharpness.values.subarray(-networks.length);
    // By a share of themselves alone, these were refused.
    const differ = (await analysisOf(spec).recheck(context, spec, result)).filter(
      ({ recorded, again }) => Math.abs(recorded - again) > 2e-3 * recorded,
    );
    expect(differ.length).toBeGreaterThan(0);
    expect(Math.min(...last)).toBeLessThan(1e-8);
    last[last.indexOf(Math.min(...last))] = 1e-4;
    expect((await analysisOf(spec).recheck(context, spec, result)).some(isOff)).toBe(true);
  });
});
