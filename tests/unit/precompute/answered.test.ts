// Answers of analyses are computed again only when what they depend on has changed: on a copy of the project whose sources change.
import { appendFileSync, cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerKey, type Question } from '../../../precompute/answered.ts';
import { loadExperiment } from '../../../precompute/experiment-files.ts';
import { projectRoot } from '../../../precompute/paths.ts';
import { runAtlas, temporaryFolder } from './run-atlas.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

describe('the key of an answer', () => {
  const sourceHash = async (file: string) => file;
  const inputs = [{ path: 'planes.safetensors', sha256: 'a' }];
  let question: Question;
  beforeAll(async () => {
    const { study } = await loadExperiment('fifty', 'quick');
    const { curvature } = study.analyses;
    question = {
      name: 'curvature',
      spec: curvature!,
      conditions: study.conditions,
      trainings: ['one'],
      inputs,
    };
  });
  const key = (changes: Partial<Question> = {}, hash = sourceHash) =>
    answerKey({ ...question, ...changes }, hash);

  it('is the same for the same question', async () => {
    expect(await key()).toBe(await key({ name: 'curvature' }));
  });

  it('is another where anything is asked otherwise', async () => {
    const [condition] = question.conditions;
    const experiment = { ...condition!.experiment, converged: { lossBelow: 0.5 } };
    const keys = [
      await key(),
      await key({ name: 'other' }),
      await key({ spec: { ...question.spec, probes: 3 } as Question['spec'] }),
      await key({ trainings: ['other'] }),
      await key({ conditions: [{ ...condition!, experiment }] as Question['conditions'] }),
      await key({}, async (file) => `${file}, changed`),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('asks of files for those that the analysis names alone', async () => {
    const spec = {
      kind: 'slices',
      slices: { mine: { directions: 'user', path: inputs[0]!.path } },
    };
    const named = { spec: spec as unknown as Question['spec'] };
    const others = { inputs: [{ ...inputs[0]!, sha256: 'b' }] };
    expect(await key(others)).toBe(await key());
    expect(await key({ ...named, ...others })).not.toBe(await key(named));
  });
});

describe('a change in the source of one analysis', () => {
  const at = (...parts: string[]) => join(folder.path, ...parts);
  const atlas = join('precompute', 'atlas.ts');
  const experiment = {
    name: 'pair',
    data: { kind: 'moons', samples: 24 },
    hiddenSizes: [2],
    initialisations: 3,
    epochs: 4,
    analyses: { heights: { kind: 'barriers' }, ends: { kind: 'outcomes' } },
  };
  const run = async () => {
    const options = { cache: at('cache'), program: at('project', atlas) };
    const args = ['run', at('pair.json'), '--out', at('data'), '--provider', 'cpu'];
    const outcome = await runAtlas(args, options);
    expect(outcome.status, outcome.stderr).toBe(0);
    return outcome.stderr.match(/^\w+(?=: (answered|these networks have been trained) before)/gm);
  };
  const result = (name: string) => readFileSync(at('data', 'pair', 'results', `${name}.json`));

  it('computes that one again, and no other', async () => {
    for (const part of ['precompute', 'src', 'package.json'])
      cpSync(join(projectRoot, part), at('project', part), { recursive: true });
    symlinkSync(join(projectRoot, 'node_modules'), at('project', 'node_modules'));
    writeFileSync(at('pair.json'), JSON.stringify(experiment));

    expect(await run()).toBeNull();
    const [heights, ends] = [result('heights'), result('ends')];
    appendFileSync(at('project', 'src/landscape/analyses/barriers.ts'), '\n// A comment.\n');
    expect(await run()).toEqual(['training', 'landscape', 'boundaries', 'ends']);
    expect([result('heights'), result('ends')]).toEqual([heights, ends]);
    // What trains the networks has changed: nothing stays.
    appendFileSync(at('project', 'src/learning/trainer.ts'), '\n// A comment.\n');
    expect(await run()).toBeNull();
  }, 120_000);
});
