// What the analysis worker answers is what the same mathematics gives without a worker, and a question can be called off.
import { beforeAll, describe, expect, it } from 'vitest';
import { hasBoundaries } from '../../../../src/landscape/build-boundaries.ts';
import { buildLandscape } from '../../../../src/landscape/build-landscape.ts';
import { analysisOf, analysisSchema } from '../../../../src/landscape/analyses/index.ts';
import { createEvaluator } from '../../../../src/learning/evaluator.ts';
import { networkShapeOf } from '../../../../src/learning/network-of.ts';
import { prepareData } from '../../../../src/learning/prepare-data.ts';
import { boundarySize } from '../../../../src/worker/limits.ts';
import type {
  Answer,
  AnswerOutcome,
  Subject,
} from '../../../../src/worker/analysis/analysis-messages.ts';
import { cpu } from '../cpu-executor.ts';
import { createTestAnalyses, keepProgress, sources, trainedSubject } from './a-subject.ts';

let subject: Subject;
beforeAll(async () => {
  subject = await trainedSubject();
});

function answered<Kind extends Answer['kind']>(outcome: AnswerOutcome, kind: Kind) {
  if (outcome.kind !== 'answered' || outcome.answer.kind !== kind)
    throw new Error(JSON.stringify(outcome));
  return outcome.answer as Extract<Answer, { kind: Kind }>;
}

describe('the landscape', () => {
  it('is that of the history, with its plane', async () => {
    const { listener, heard } = keepProgress();
    const outcome = await createTestAnalyses().ask(
      { kind: 'landscape', subject },
      'auto',
      listener,
    );
    const { landscape, plane } = answered(outcome, 'landscape');
    const { experiment, history } = subject;
    const data = await prepareData(experiment, sources);
    const network = networkShapeOf(experiment, data);
    const common = { executor: await cpu(), network, loss: experiment.loss };
    const [onTrain, onTest] = await Promise.all(
      [data.train, data.test].map((samples) => createEvaluator({ ...common, samples })),
    );
    const expected = await buildLandscape({
      experiment,
      history,
      evaluateTrain: (weights) => onTrain!.evaluate(weights),
      evaluateTest: (weights) => onTest!.evaluate(weights),
    });
    expect({ landscape, plane }).toEqual(expected);
    expect(heard[0]).toEqual({ share: null, doing: 'Loading the runtime' });
  });
});

describe('the boundaries', () => {
  it('are of all networks, on the grid that the page draws', async () => {
    const { listener } = keepProgress();
    const outcome = await createTestAnalyses().ask(
      { kind: 'boundaries', subject },
      'auto',
      listener,
    );
    const { boundaries } = answered(outcome, 'boundaries');
    expect(boundaries!.classes.length).toBe(6 * boundarySize ** 2);
    const { classes, probability } = boundaries!;
    expect(classes.every((chosen, i) => chosen === Number(probability[i]! > 0.5))).toBe(true);
  });

  it('are none where there is no class to choose', async () => {
    const regression = await trainedSubject({
      data: { kind: 'two-weights' },
      hiddenSizes: [1],
      activation: 'linear',
      loss: 'mean-squared-error',
      bias: false,
      directions: 'weights',
    });
    const data = await prepareData(regression.experiment, sources);
    expect(hasBoundaries(data)).toBe(false);
    const outcome = await createTestAnalyses().ask(
      { kind: 'boundaries', subject: regression },
      'auto',
      keepProgress().listener,
    );
    expect(answered(outcome, 'boundaries').boundaries).toBeNull();
  });
});

describe('an analysis', () => {
  it('has the result of the analysis itself, without what only computations want', async () => {
    const spec = analysisSchema.parse({
      kind: 'slices',
      slices: { plane: { directions: 'random', size: 5 } },
    });
    const outcome = await createTestAnalyses().ask(
      { kind: 'analysis', name: 'planes', spec, subjects: [subject] },
      'auto',
      keepProgress().listener,
    );
    const { result } = answered(outcome, 'analysis');
    const { experiment, history } = subject;
    const data = await prepareData(experiment, sources);
    const size = history.networks * history.parameters;
    const again = await analysisOf(spec).run(
      {
        executor: await cpu(),
        conditions: [
          {
            ...subject,
            data,
            network: networkShapeOf(experiment, data),
            initial: history.snapshots.slice(0, size),
            final: history.snapshots.slice(-size),
          },
        ],
        signal: new AbortController().signal,
        onProgress: () => {},
        readTensors: () => Promise.reject(new Error('none')),
      },
      spec,
    );
    const expected = (again.result as { slices: { plane: object } }).slices.plane;
    expect(result).toEqual({
      slices: { plane: { ...expected, origin: null, basis: null } },
      paths: { divergedAt: null, between: null },
    });
  });

  it('names the analysis that a claim comes from', async () => {
    const spec = analysisSchema.parse({ kind: 'trajectories', networks: 4, draws: 3 });
    const outcome = await createTestAnalyses().ask(
      { kind: 'analysis', name: 'walks', spec, subjects: [subject] },
      'auto',
      keepProgress().listener,
    );
    const { claims } = answered(outcome, 'analysis');
    expect(claims.length).toBeGreaterThan(0);
    expect(claims.every(({ analysis }) => analysis === 'walks')).toBe(true);
  });

  it('that the run rules out is answered by the sentence that says why', async () => {
    const spec = analysisSchema.parse({ kind: 'barriers' });
    const single = await trainedSubject({ initialisations: 1 });
    const outcome = await createTestAnalyses().ask(
      { kind: 'analysis', name: 'barriers', spec, subjects: [single] },
      'auto',
      keepProgress().listener,
    );
    expect(outcome).toEqual({
      kind: 'failed',
      failure: {
        kind: 'experiment',
        sentence: 'condition "a" trains 1 network: expected at least 2; raise initialisations.',
      },
    });
  });

  it('that has no answer takes no other away: what the next panels ask is answered', async () => {
    const zeros = await trainedSubject({ initialiser: { kind: 'zeros' } });
    const projections = { mds: { method: 'classical-scaling', qualityNeighbours: 1 } };
    const service = createTestAnalyses();
    const ask = (name: string, spec: object) =>
      service.ask(
        { kind: 'analysis', name, spec: analysisSchema.parse(spec), subjects: [zeros] },
        'auto',
        keepProgress().listener,
      );
    expect(await ask('layout', { kind: 'projections', projections })).toEqual({
      kind: 'failed',
      failure: {
        kind: 'experiment',
        sentence:
          'This cannot be answered: all 6 original points coincide: a projection has no quality then; leave it out.',
      },
    });
    expect(answered(await ask('ends', { kind: 'outcomes' }), 'analysis').result).toBeTruthy();
  });

  it('of weights that belong to other settings is refused', async () => {
    const other = { ...subject, experiment: { ...subject.experiment, hiddenSizes: [7] } };
    const outcome = await createTestAnalyses().ask(
      { kind: 'landscape', subject: other },
      'auto',
      keepProgress().listener,
    );
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'experiment' } });
  });
});

describe('a question that is called off', () => {
  it('ends where it is, and the next is answered', async () => {
    const service = createTestAnalyses();
    const large = {
      ...subject,
      experiment: { ...subject.experiment, grid: { size: 401, margin: 0.15 } },
    };
    const { listener } = keepProgress(({ share }) => {
      if (share !== null) service.cancel();
    });
    const outcome = await service.ask({ kind: 'landscape', subject: large }, 'auto', listener);
    expect(outcome).toEqual({ kind: 'cancelled' });
    const next = await service.ask(
      { kind: 'boundaries', subject },
      'auto',
      keepProgress().listener,
    );
    expect(next.kind).toBe('answered');
  });
});

it('a lost device is followed by WebAssembly where the choice was left open, and told where it was not', async () => {
  const dying = async () => ({
    ...(await cpu()),
    lost: new Promise<string>((resolve) => setTimeout(() => resolve('the driver was reset'))),
  });
  let started = 0;
  const service = createTestAnalyses(async () => (started++ === 0 ? dying() : cpu()));
  const question = { kind: 'landscape', subject } as const;
  const { listener } = keepProgress();
  expect((await service.ask(question, 'auto', listener)).kind).toBe('answered');
  expect(started).toBe(2);
  const strict = createTestAnalyses(dying);
  expect(await strict.ask(question, 'webgpu', listener)).toMatchObject({
    kind: 'failed',
    failure: { kind: 'device-lost' },
  });
});
