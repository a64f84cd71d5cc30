// The self-test itself: every truth holds on the real engine, and each fails where what it checks is spoilt.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Executor, Program } from '../../../../src/engine/runtime/executor.ts';
import { readPublished, type PublishedRun } from '../../../../src/worker/self-test/published.ts';
import { runTruths } from '../../../../src/worker/self-test/run-truths.ts';
import {
  compare,
  truths,
  type TruthId,
  type TruthResult,
} from '../../../../src/worker/self-test/truths.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { experiment, sources, trainSmallRun, witness, type SmallRun } from './small-run.ts';

const executor = await cpuExecutor(1);
let small: SmallRun;
let published: PublishedRun;
beforeAll(async () => {
  small = await trainSmallRun(executor);
  published = await readPublished(
    { name: 'small', experiment, initialChecksum: small.initialChecksum, witness },
    (path) => Promise.resolve(small.files.get(path)!),
  );
});

async function run(
  changes: Partial<PublishedRun> = {},
  on: Executor = executor,
): Promise<Map<TruthId, TruthResult>> {
  const heard: TruthResult[] = [];
  const results = await runTruths(
    {
      executor: on,
      sources,
      memoryBudget: 2 ** 26,
      published: () => Promise.resolve({ ...published, ...changes }),
    },
    async (result) => void heard.push(result),
  );
  expect(heard).toEqual(results);
  return new Map(results.map((result) => [result.id, result]));
}

const failed = (results: Map<TruthId, TruthResult>): TruthId[] =>
  [...results.values()].filter(({ passed }) => !passed).map(({ id }) => id);

it('all hold on the engine, each with numbers, in the order in which the page lists them', async () => {
  const results = await run();
  expect([...results.keys()]).toEqual(truths.map(({ id }) => id));
  expect([...results.values()].filter(({ passed }) => !passed)).toEqual([]);
  for (const { comparison, problem } of results.values()) {
    expect(problem).toBeNull();
    expect(comparison!.error).toBeGreaterThanOrEqual(0);
  }
});

describe('what is spoilt is found, and nothing else', () => {
  const nudged = (values: Float32Array, at: number, by: number): Float32Array =>
    values.map((value, i) => (i === at ? value + by : value));

  it('one bit of one first weight', async () => {
    const bits = new Int32Array(Float32Array.from(published.initial).buffer);
    bits[5]! ^= 1;
    const results = await run({ initial: new Float32Array(bits.buffer) });
    expect(failed(results)).toEqual(['same-start']);
    expect(results.get('same-start')!.comparison!.error).toBe(1);
  });

  it('the checksum of the witness', async () => {
    const results = await run({ initialChecksum: `0${small.initialChecksum!.slice(1)}` });
    expect(failed(results)).toEqual(small.initialChecksum!.startsWith('0') ? [] : ['same-start']);
  });

  it('a loss after the first steps', async () => {
    const at = experiment.initialisations + 1;
    const trainLoss = nudged(published.trainLoss, at, 0.01);
    expect(failed(await run({ trainLoss }))).toEqual(['first-steps']);
  });

  it('a final weight', async () => {
    const results = await run({ final: nudged(published.final, 0, 0.5) });
    expect(failed(results)).toEqual(['final-losses']);
  });

  it('a height of the map, where it is looked at', async () => {
    const bytes = Uint8Array.from(published.landscape);
    const header = new DataView(bytes.buffer).getBigUint64(0, true);
    const names = JSON.parse(
      new TextDecoder().decode(bytes.subarray(8, 8 + Number(header))),
    ) as Record<string, { data_offsets: [number, number] }>;
    const at = 8 + Number(header) + names['loss']!.data_offsets[0];
    const view = new DataView(bytes.buffer);
    view.setFloat32(at, view.getFloat32(at, true) + 0.01, true);
    expect(failed(await run({ landscape: bytes }))).toEqual(['surface-points']);
  });

  it('an engine whose results are a thousandth too large', async () => {
    const results = await run({}, tooLarge(executor));
    const names = failed(results);
    // Ratios and differences of equal factors cannot see it; every truth with a number of its own does.
    for (const id of ['two-weight-loss', 'two-weight-gradient', 'final-losses', 'surface-points'])
      expect(names).toContain(id);
  });
});

/** Multiplies everything that is read from programs. */
function tooLarge(real: Executor): Executor {
  return {
    ...real,
    async compile(model) {
      const program = await real.compile(model);
      const spoilt: Program = {
        ...program,
        inputs: program.inputs,
        outputs: program.outputs,
        modelBytes: program.modelBytes,
        dispose: () => program.dispose(),
        async run(feeds, lane) {
          const results = await program.run(feeds, lane);
          return Object.fromEntries(
            Object.entries(results).map(([name, tensor]) => [
              name,
              {
                dtype: tensor.dtype,
                shape: tensor.shape,
                dispose: () => tensor.dispose(),
                read: async () => {
                  const values = await tensor.read();
                  return values instanceof Float32Array
                    ? values.map((value) => 1.001 * value)
                    : values;
                },
              },
            ]),
          );
        },
      };
      return spoilt;
    },
  };
}

describe('where something is missing', () => {
  it('the truths about it say why, in a sentence, and the others go on', async () => {
    const results = await runTruths(
      {
        executor,
        sources,
        memoryBudget: 2 ** 26,
        published: () => Promise.reject(new Error('small/training.safetensors answered 404')),
      },
      async () => {},
    );
    const untested = results.filter(({ comparison }) => comparison === null);
    expect(untested).toHaveLength(8);
    for (const { problem, passed } of untested) {
      expect(passed).toBe(false);
      expect(problem).toBe('Could not be tested: small/training.safetensors answered 404.');
    }
    expect(results.filter(({ passed }) => passed)).toHaveLength(5);
  });
});

describe('a comparison', () => {
  it('is shown where the two are farthest apart, over the largest expected size', () => {
    expect(compare([1, -4, 2], [1, -4, 2.5])).toEqual({ expected: 2, measured: 2.5, error: 0.125 });
  });

  it('is exact where all are the same, zeros among them', () => {
    expect(compare([0, 0], [0, 0]).error).toBe(0);
  });

  it('is endless where something is not a number, so that no tolerance lets it pass', () => {
    expect(compare([1, 2], [1, NaN]).error).toBe(Infinity);
    expect(compare([NaN], [NaN]).error).toBe(Infinity);
  });

  it('of different lengths is refused', () => {
    expect(() => compare([1], [1, 2])).toThrow(/2 numbers were measured where 1 were expected/);
  });
});
