// What an author may write as a study, and what each mistake is told.
import { describe, expect, it } from 'vitest';
import { trainingKey } from '../../../src/artifact/content-hash.ts';
import { parseStudy, studySchema } from '../../../src/landscape/study.ts';

const where = 'a.json';
const written = {
  name: 'pace',
  epochs: 5,
  learningRate: 0.1,
  conditions: [
    { key: 'sgd', title: 'Plain descent', set: { optimiser: { kind: 'sgd' } } },
    { key: 'adam', set: { learningRate: 0.01 } },
  ],
  analyses: { ends: { kind: 'outcomes', records: 11 } },
};

describe('a study', () => {
  it('gives each condition the settings of the file with its own in their place', () => {
    const { conditions, base, compares } = parseStudy(written, where);
    expect(compares).toBe(true);
    expect(base.optimiser.kind).toBe('adam');
    expect(conditions.map(({ key, title }) => [key, title])).toEqual([
      ['sgd', 'Plain descent'],
      ['adam', 'adam'],
    ]);
    expect(conditions[0]!.experiment).toMatchObject({
      name: 'pace',
      epochs: 5,
      learningRate: 0.1,
      optimiser: { kind: 'sgd' },
    });
    expect(conditions[1]!.experiment.learningRate).toBe(0.01);
  });

  it('is carried whole by an artifact, however long its name', () => {
    const name = 'a'.repeat(64);
    for (const each of [written, { name, analyses: { ends: { kind: 'outcomes' } } }]) {
      const { name: called, title, conditions, analyses } = parseStudy(each, where);
      const carried = { name: called, title, conditions, analyses };
      expect(studySchema.parse(JSON.parse(JSON.stringify(carried)))).toEqual(carried);
    }
  });

  it('of a file without conditions is that of its one run', () => {
    const { conditions, compares } = parseStudy({ name: 'one', epochs: 3 }, where);
    expect(compares).toBe(false);
    expect(conditions).toHaveLength(1);
    expect(conditions[0]).toMatchObject({ key: 'one', experiment: { epochs: 3 } });
  });

  it.each([
    [{ analyses: { ends: { kind: 'outcoms' } } }, 'analyses.ends.kind'],
    [{ analyses: { ends: { kind: 'outcoms' } } }, 'did you mean "outcomes"?'],
    [{ analyses: { ends: { kind: 'outcomes', records: 1 } } }, 'expected at least 2'],
    [{ analyses: { ends: { kind: 'outcomes', recrods: 5 } } }, 'did you mean "records"?'],
    [{ analyses: { 'The Ends': { kind: 'outcomes' } } }, 'lower-case letters'],
    [{ conditions: [] }, 'expected at least 1'],
    [{ conditions: [{ key: 'a' }, { key: 'a' }] }, 'two conditions are called "a"'],
    [{ conditions: [{ key: 'a', set: { name: 'b' } }] }, 'set.name is no setting of a condition'],
    [{ analyses: {} }, 'conditions are compared by analyses, and there are none'],
    [{ analyses: undefined }, 'conditions are compared by analyses, and there are none'],
    [{ analyses: null }, 'analyses is null: expected'],
    [
      {
        analyses: {
          near: { kind: 'projections', condition: 'amad', projections: { pca: { method: 'pca' } } },
        },
      },
      'there is no condition "amad": expected one of sgd, adam (a.json, analyses.near)',
    ],
    [{ conditions: [{ key: 'a', set: { epochs: 0 } }] }, 'epochs is 0: expected at least 1'],
    [{ conditions: [{ key: 'a', set: { epochs: 0 } }] }, '(a.json, condition a)'],
    [{ conditions: [{ key: 'a', set: { epoch: 5 } }] }, 'did you mean "epochs"?'],
  ])('%j is told in one sentence: %s', (change, message) => {
    const parse = () => parseStudy({ ...written, ...change }, where);
    expect(parse).toThrow(message);
    expect(parse).toThrow(/^[^\n]{10,300}$/);
  });
});

describe('the key of a training', () => {
  const context = { dataHash: 'd', trainingVersion: 'v', provider: 'cpu' };
  const { base } = parseStudy(written, where);
  it('does not change with how the networks are looked at', async () => {
    const looked = { ...base, name: 'other', title: 'x', grid: { size: 7, margin: 1 } };
    expect(await trainingKey(looked, context)).toBe(await trainingKey(base, context));
  });
  it('changes with anything that training depends on', async () => {
    const key = await trainingKey(base, context);
    for (const other of [{ seed: 1 }, { epochs: 6 }, { snapshots: 3 }, { learningRate: 0.2 }]) {
      expect(await trainingKey({ ...base, ...other }, context)).not.toBe(key);
    }
    expect(await trainingKey(base, { ...context, provider: 'cuda' })).not.toBe(key);
    expect(await trainingKey(base, { ...context, trainingVersion: 'w' })).not.toBe(key);
  });
});
