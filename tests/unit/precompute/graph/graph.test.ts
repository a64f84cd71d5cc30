// `atlas graph`: that what it shows is what a run compiles, and how it answers bad input.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diskSources } from '../../../../precompute/data-sources.ts';
import { experimentNames, loadExperiment } from '../../../../precompute/experiment-files.ts';
import {
  experimentGraph,
  graphKinds,
  type GraphKind,
} from '../../../../precompute/graph/experiment-graphs.ts';
import { reportGraph, type GraphReport } from '../../../../precompute/graph/graph-report.ts';
import { sizeOf } from '../../../../src/engine/graph/index.ts';
import type { Model } from '../../../../src/engine/onnx/serialise.ts';
import { floats, type Executor } from '../../../../src/engine/runtime/executor.ts';
import { createDerivatives } from '../../../../src/landscape/curvature/derivatives.ts';
import { createEvaluator } from '../../../../src/learning/evaluator.ts';
import { networkShapeOf } from '../../../../src/learning/network-of.ts';
import { parameterCount } from '../../../../src/learning/network-shape.ts';
import { prepareData } from '../../../../src/learning/prepare-data.ts';
import { createTrainer } from '../../../../src/learning/trainer.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { askAtlas } from '../run-atlas.ts';

const folder = temporaryFolder();
const atlas = (...args: string[]) =>
  askAtlas(['graph', ...args, '--provider', 'cpu', '--threads', '2']);
const kinds = Object.keys(graphKinds) as GraphKind[];
const memoryBudget = 64e6;

const executor = await cpuExecutor(2);
afterAll(folder.remove);

/** The graphs of an experiment of the project. */
async function reported(name: string, products: Executor['products'] = 'matmul') {
  const { study } = await loadExperiment(name, 'quick');
  const { experiment } = study.conditions[0]!;
  const data = await prepareData(experiment, diskSources);
  const options = { experiment, data, executor, memoryBudget };
  const graphs = kinds.map((kind) =>
    reportGraph(name, experimentGraph(kind, options), { provider: 'cpu', products }),
  );
  return { experiment, data, graphs };
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe('a report', () => {
  it.each(['matmul', 'einsum'] as const)(
    'adds up for every graph of every experiment, with products as %s',
    async (products) => {
      for (const name of await experimentNames()) {
        for (const { report, bytes } of (await reported(name, products)).graphs) {
          const { tensors, nodes, initialisers, listed, outputs } = report;
          expect(report.modelBytes).toBe(bytes.length);
          expect(sum(tensors.before.byOperator)).toBe(tensors.before.total);
          expect(sum(tensors.after.byOperator)).toBe(tensors.after.total);
          expect(tensors.after.total).toBeLessThanOrEqual(tensors.before.total);
          expect(sum(nodes.byOperator)).toBe(nodes.total);
          expect(listed.length).toBe(nodes.total);
          // Every node reads what stands above it.
          const known = new Set([...report.inputs, ...initialisers].map((value) => value.name));
          for (const node of listed) {
            for (const input of node.inputs) expect(known).toContain(input);
            known.add(node.name);
          }
          for (const { name: output, shape } of outputs) {
            expect(listed.find((node) => node.name === output)?.shape).toEqual(shape);
          }
          expect(initialisers.map(({ bytes: size }) => size)).toEqual(
            initialisers.map(({ shape, dtype }) => sizeOf(shape) * (dtype === 'int64' ? 8 : 4)),
          );
        }
      }
    },
  );

  it('is of the models that training, evaluation and derivatives compile, byte for byte', async () => {
    const compiled: Model[] = [];
    const watched: Executor = {
      ...executor,
      compile(model) {
        compiled.push(model);
        return executor.compile(model);
      },
    };
    const { experiment, data, graphs } = await reported('fifty');
    const network = networkShapeOf(experiment, data);
    const options = { executor: watched, network, memoryBudget };
    const trainer = await createTrainer({ experiment, data, executor: watched, memoryBudget });
    const loss = { ...options, loss: experiment.loss, samples: data.train };
    const evaluator = await createEvaluator(loss);
    const derivatives = await createDerivatives(loss);
    const weights = await trainer.weights();
    await derivatives.gradient(weights);
    await derivatives.hessianVectorProduct(weights, weights);
    for (const each of [trainer, evaluator, derivatives]) each.dispose();
    const shown = graphs.map(({ bytes }) => Buffer.from(bytes));
    // Training compiles its measurement first.
    const [measure, step, ...others] = compiled.map(({ bytes }) => Buffer.from(bytes));
    expect([step, measure, ...others].map((bytes, k) => bytes?.equals(shown[k]!))).toEqual(
      kinds.map(() => true),
    );
  });

  it('gives the shape that each value has when the model runs', async () => {
    for (const products of ['matmul', 'einsum'] as const) {
      const { graphs } = await reported('depth', products);
      const { report, bytes } = graphs[kinds.indexOf('gradient')]!;
      const inputs = report.inputs.map(({ name, dtype, shape }) => ({ name, dtype, shape }));
      const outputs = report.outputs.map(({ name, dtype, shape }) => ({ name, dtype, shape }));
      const program = await executor.compile({ bytes, inputs, outputs });
      const feeds = inputs.map(
        ({ name, shape }) =>
          [name, floats(shape, new Float32Array(sizeOf(shape)).fill(0.5))] as const,
      );
      const results = await program.run(Object.fromEntries(feeds));
      for (const { name, shape } of outputs) {
        const values = await results[name]!.read();
        expect(values.length).toBe(sizeOf(shape));
        expect(values.every((value) => Number.isFinite(value))).toBe(true);
      }
      program.dispose();
      const matrices = report.listed.filter(({ type }) => type === 'MatMul' || type === 'Einsum');
      expect(matrices.length).toBeGreaterThan(4);
    }
  });
});

describe('the command', () => {
  it('shows tensors, shapes and bytes, and with --nodes every node', async () => {
    const { stdout, stderr, status } = await atlas('fifty', '--profile', 'quick', '--nodes');
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout).toContain('fifty  step: optimiser steps, as training takes them');
    expect(stdout).toMatch(/tensors +\d+ as built, \d+ after tidying/);
    expect(stdout).toMatch(/weights +float32 \[\d+, \d+\]/);
    expect(stdout).toMatch(/MatMul\(t\d+, t\d+\) +float32 \[\d+, \d+, \d+\]/);
  });

  it('takes what a run takes, and gives the same as JSON', async () => {
    const file = join(folder.path, 'mine.json');
    writeFileSync(file, JSON.stringify({ hiddenSizes: [5], data: { kind: 'moons' } }));
    const args = ['--set', 'hiddenSizes=[7]', '--set', 'initialisations=2', '--steps', '2'];
    const { stdout, status } = await atlas(file, ...args, '--json', '--nodes');
    expect(status).toBe(0);
    const report = JSON.parse(stdout) as GraphReport;
    expect(report.steps).toBe(2);
    expect(report.inputs.find(({ name }) => name === 'weights')?.shape.at(-1)).toBe(
      parameterCount({ sizes: [2, 7, 2], activation: 'tanh', residual: false, bias: true }),
    );
    expect(report.outputs.find(({ name }) => name === 'loss')?.shape[0]).toBe(2);
    expect(report.listed.length).toBe(report.nodes.total);
    const short = await atlas(file, ...args, '--json');
    expect(JSON.parse(short.stdout)).not.toHaveProperty('listed');
  });

  it('writes a model that ONNX Runtime loads, and no other file is lost', async () => {
    const models = join(folder.path, 'models');
    mkdirSync(models);
    const model = join(models, 'w.onnx');
    const args = ['widths', '--condition', 'w-4', '--profile', 'quick', '--of', 'evaluate'];
    const written = await atlas(...args, '--onnx', model, '--json');
    expect([written.stderr, written.status]).toEqual(['', 0]);
    const report = JSON.parse(written.stdout) as GraphReport;
    const bytes = readFileSync(model);
    expect(bytes.length).toBe(report.modelBytes);
    const { inputs, outputs } = report;
    const program = await executor.compile({ bytes, inputs, outputs });
    program.dispose();
    expect((await atlas(...args, '--onnx', model)).status).toBe(0);

    writeFileSync(model, 'notes');
    const refused = await atlas(...args, '--onnx', model);
    expect(refused.stderr).toMatch(
      /^atlas: .*w\.onnx is there already and is not this model: .*\n$/,
    );
    expect(refused.status).toBe(1);
    expect(readFileSync(model, 'utf8')).toBe('notes');
    expect((await atlas(...args, '--onnx', model, '--force')).status).toBe(0);
    expect(readFileSync(model).equals(bytes)).toBe(true);
    expect(readdirSync(models)).toEqual(['w.onnx']);
  });

  it.each([
    [['fifti'], /^atlas: there is no experiment "fifti": did you mean "fifty"\?/],
    [['fifty', '--of', 'stp'], /Allowed choices are step, measure/],
    [['fifty', '--condition', 'w4'], /^atlas: there is no condition "w4" in .*fifty\.json/],
    [['widths'], /^atlas: widths compares \d+ conditions: --condition says whose graph/],
    [['fifty', '--of', 'measure', '--steps', '2'], /^atlas: --steps goes with --of step/],
    [['fifty', '--set', 'hiddenSizes=[0]'], /^atlas: hiddenSizes\[0\] is 0/],
    [
      ['fifty', '--onnx', join('nowhere', 'to', 'be', 'a.onnx')],
      /^atlas: cannot write the model to/,
    ],
    [['fifty', '--onnx', '.'], / is there already/],
  ])('says in one sentence what is wrong with %j', async (args, sentence) => {
    const { status, stdout, stderr } = await atlas(...args);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim()).not.toContain('\n');
    expect([stdout, status === 0]).toEqual(['', false]);
    expect(existsSync('nowhere')).toBe(false);
  });
});
