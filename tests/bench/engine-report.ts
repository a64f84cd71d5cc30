// The engine's part of the benchmark: every figure in one run on one machine.
import { availableParallelism, cpus, totalmem } from 'node:os';
import { createNodeExecutor, describeNodeProviders } from '../../src/engine/runtime/node.ts';
import type { Executor } from '../../src/engine/runtime/executor.ts';
import { cases, stepFlops } from './cases.ts';
import type { BenchCase } from './cases.ts';
import { buildBenchPage, inChromium } from './in-chromium.ts';
import { matmulPeak } from './peak.ts';
import { productTime } from './product-time.ts';
import { pytorchTimes } from './python.ts';
import { keepPart, openReport, type Row } from './report.ts';
import { stepTime } from './step-time.ts';
import type { StepTimeOptions } from './step-time.ts';
import { surfaceTime } from './surface-time.ts';
import { artifactTimes, wholeBuild } from './whole-build.ts';

const report = openReport();
const { say, table } = report;
const progress = (text: string) => process.stderr.write(`  measuring ${text} …\n`);
const threads = availableParallelism();
progress('providers');
const providers = await describeNodeProviders();
const executors: Executor[] = [];
for (const { provider, available } of providers) {
  if (available) executors.push(await createNodeExecutor({ provider }));
}
const cpu = executors.find(({ provider }) => provider === 'cpu') as Executor;
const split = await createNodeExecutor({ provider: 'cpu', sideBySide: false });

progress('PyTorch');
const pytorch = pytorchTimes(threads);
progress('our steps in Node');
const ours = new Map<BenchCase, Map<string, number>>();
for (const benchCase of cases) {
  const times = new Map<string, number>();
  for (const executor of executors)
    times.set(executor.provider, await stepTime(executor, benchCase));
  ours.set(benchCase, times);
}
progress('our Hessian-vector products in Node');
const products: number[] = [];
for (const benchCase of cases) products.push(await productTime(cpu, benchCase));
progress('our steps and TensorFlow.js in Chromium');
await buildBenchPage();
const inPage = async (isolated: boolean, pageThreads: number): Promise<number[]> =>
  inChromium(isolated, async (bench) => {
    const times: number[] = [];
    for (const benchCase of cases) times.push(await bench.ours(benchCase, pageThreads));
    return times;
  });
const wasm = await inPage(false, 1);
const wasmThreads = await inPage(true, 2);
const tensorflow = await inChromium(false, async (bench) => {
  const times: number[] = [];
  for (const benchCase of cases) times.push(await bench.tensorflow(benchCase, 3));
  return times;
});

say('# Benchmark\n');
say(
  'Written by `npm run bench`; every figure of a table was measured in the same run on the same machine.',
);
say(
  'Times are medians. Compare ratios, not milliseconds: the machine is shared and its speed drifts.\n',
);
say(
  `Machine: ${cpus()[0]?.model.trim()}, ${threads} threads, ${Math.round(totalmem() / 2 ** 30)} GiB; ` +
    `Node ${process.versions.node}; ${pytorch ? `PyTorch ${pytorch.version}` : 'PyTorch not found: not measured'}.`,
);
for (const { provider, available, reason } of providers) {
  if (!available) say(`Node's ${provider} provider: not measured (${reason}).`);
}

say('\n## One training step of all fifty networks, milliseconds\n');
say('512 points, full batch, cross-entropy, Adam.');
table(
  ['', ...cases.map(({ name }) => name)],
  [
    ...executors.map(({ provider }): Row => [
      `ours, Node, ${provider}`,
      ...cases.map((c) => ours.get(c)?.get(provider) as number),
    ]),
    ['ours, Chromium, WebAssembly, 1 thread', ...wasm],
    ['ours, Chromium, WebAssembly, 2 threads', ...wasmThreads],
    ['TensorFlow.js (cpu), Chromium, one by one', ...tensorflow],
    ...(pytorch
      ? ([
          ['PyTorch, one by one', ...cases.map(({ name }) => pytorch.results[name]!.oneByOne)],
          [
            'PyTorch, hand-batched (baddbmm)',
            ...cases.map(({ name }) => pytorch.results[name]!.batched),
          ],
        ] satisfies Row[])
      : []),
  ],
);

say('## Ratios against the peers, and the bars of the design\n');
const nodeTime = (c: BenchCase) => ours.get(c)?.get('cpu') as number;
const times = (value: number) => `${value.toFixed(1)}x`;
table(
  ['', ...cases.map(({ name }) => name), 'bar'],
  [
    ...(pytorch
      ? ([
          [
            'ours (Node, cpu) against PyTorch one by one',
            ...cases.map((c) => times(pytorch.results[c.name]!.oneByOne / nodeTime(c))),
            '5x',
          ],
          [
            'ours (Node, cpu) against PyTorch hand-batched',
            ...cases.map((c) => times(pytorch.results[c.name]!.batched / nodeTime(c))),
            '3x',
          ],
        ] satisfies Row[])
      : []),
    [
      'ours (WebAssembly, 1 thread) against TensorFlow.js',
      ...cases.map((_, k) => times(tensorflow[k]! / wasm[k]!)),
      '25x',
    ],
  ],
);

say('## One Hessian-vector product of all fifty networks, milliseconds\n');
say(
  'By double differentiation, each network along a vector of its own; 512 points, cross-entropy.',
);
table(
  ['', ...cases.map(({ name }) => name)],
  [
    ['ours, Node, cpu', ...products],
    ...(pytorch
      ? ([
          [
            'PyTorch, one by one',
            ...cases.map(({ name }) => pytorch.results[name]!.productsOneByOne),
          ],
          [
            'PyTorch, hand-batched (baddbmm)',
            ...cases.map(({ name }) => pytorch.results[name]!.productsBatched),
          ],
          [
            'ours against PyTorch one by one',
            ...cases.map(({ name }, k) =>
              times(pytorch.results[name]!.productsOneByOne / products[k]!),
            ),
          ],
          [
            'ours against PyTorch hand-batched',
            ...cases.map(({ name }, k) =>
              times(pytorch.results[name]!.productsBatched / products[k]!),
            ),
          ],
        ] satisfies Row[])
      : []),
  ],
);

progress('the matrix-product peak');
const peak = await matmulPeak(split);
say('## Share of the matrix-product peak\n');
say(
  `ONNX Runtime reaches ${peak.toFixed(0)} GFLOP/s on a 1024 x 1024 product here (cpu, ${threads} threads). ` +
    "Of that, a step's own matrix products take, everything else of the step counted as time lost:",
);
table(
  cases.map(({ name }) => name),
  [cases.map((c) => `${((100 * stepFlops(c)) / (nodeTime(c) * 1e6) / peak).toFixed(0)} %`)],
);

progress('variants');
const variant = (c: BenchCase, options: StepTimeOptions) => stepTime(cpu, c, options);
const single = await createNodeExecutor({ provider: 'cpu', threads: 1 });
const rows: Row[] = [];
for (const [name, time] of [
  [`as built: ${threads} single-threaded sessions side by side`, (c: BenchCase) => variant(c, {})],
  ['all fifty in one graph', (c: BenchCase) => variant(c, { chunk: 50 })],
  ['chunks of 25', (c: BenchCase) => variant(c, { chunk: 25 })],
  ['chunks of 10', (c: BenchCase) => variant(c, { chunk: 10 })],
  ['chunks of 5', (c: BenchCase) => variant(c, { chunk: 5 })],
  ['1 step a call', (c: BenchCase) => variant(c, { unroll: 1 })],
  ['10 steps a call', (c: BenchCase) => variant(c, { unroll: 10 })],
  ['Einsum for MatMul', (c: BenchCase) => variant(c, { products: 'einsum' })],
  ['one single-threaded session', (c: BenchCase) => stepTime(single, c)],
  [`one session with ${threads} threads`, (c: BenchCase) => stepTime(split, c)],
  [
    `one session with ${threads} threads, all fifty in one graph`,
    (c: BenchCase) => stepTime(split, c, { chunk: 50 }),
  ],
] satisfies [string, (c: BenchCase) => Promise<number>][]) {
  const row: (string | number)[] = [name];
  for (const benchCase of cases) row.push(await time(benchCase));
  rows.push(row);
}
say('## What was tried (Node, cpu, milliseconds a step)\n');
table(['', ...cases.map(({ name }) => name)], rows);

progress('a surface');
say('## A surface of 101 x 101 points\n');
say('10,201 networks of 2-64-2, loss and accuracy of each on 384 points, compiling included.');
table(
  ['provider', 'seconds'],
  await Promise.all(
    [cpu].map(async (e): Promise<Row> => [e.provider, (await surfaceTime(e)) / 1000]),
  ),
);

progress('the whole build (minutes)');
const built = await wholeBuild();
say('## The whole site, built clean\n');
table(
  ['', 'seconds', 'peak memory, MB', 'bar'],
  [
    ['all experiments, published', built.experiments.seconds, built.experiments.peakMegabytes, ''],
    ['the site (Astro)', built.site.seconds, built.site.peakMegabytes, ''],
    [
      'together',
      built.experiments.seconds + built.site.seconds,
      Math.max(built.experiments.peakMegabytes, built.site.peakMegabytes),
      '180 s, 2,000 MB',
    ],
    [
      'all experiments again, nothing changed',
      built.unchanged.seconds,
      built.unchanged.peakMegabytes,
      '15 s',
    ],
  ],
);
say('## Where the time of the experiments goes\n');
say('Seconds of each stage of each artifact in that build.');
table(['artifact', 'seconds', 'stages'], artifactTimes());
keepPart(report.text);
process.stderr.write('Written to tests/bench/RESULTS.md.\n');
