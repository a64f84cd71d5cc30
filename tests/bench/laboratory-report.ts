// The laboratory's part of the benchmark: networks a second against two peers, waits, memory.
import { availableParallelism, cpus } from 'node:os';
import { buildBenchPage, inChromium } from './in-chromium.ts';
import { buildSite, gpuBuffers, memoryOverMinutes, waits } from './laboratory.ts';
import type { Trained } from './page/default-experiment.ts';
import { keepPart, openReport, type Row } from './report.ts';

const minutes = 10;
const progress = (text: string) => process.stderr.write(`  measuring ${text} …\n`);
const report = openReport();
const { say, table } = report;

progress('networks a second');
await buildBenchPage();
const one = await inChromium(false, (bench) => bench.trainOurs(1));
const two = await inChromium(true, (bench) => bench.trainOurs(2));
const perSample = await inChromium(false, (bench) => bench.trainPerSample(25));
const tensorflow = await inChromium(false, (bench) => bench.trainTensorflow(10));
progress('waits');
buildSite();
const wait = await waits();
progress('graphics buffers');
const buffers = await gpuBuffers(3);
const { measured, rounds } = await memoryOverMinutes(minutes, progress);

say('# The laboratory\n');
say(
  `Machine: ${cpus()[0]?.model.trim()}, ${availableParallelism()} threads, headless Chromium, everything in one run. No graphics card: WebGPU not measured but for its buffers.\n`,
);
say('## Networks a second to 100 epochs\n');
say(
  'The classic experiment: 2-64-2 tanh, 384 points, full batch, Adam, from the same first weights. Ours trains all fifty as one graph and measures losses, accuracies and gradients of both parts every epoch; the peers train one network after the other and record nothing. The plain network is of node and link objects, a sample at a time, in the manner of TensorFlow Playground.',
);
const row = (name: string, { networksPerSecond, meanLoss }: Trained): Row => [
  name,
  networksPerSecond.toFixed(1),
  `${(one.networksPerSecond / networksPerSecond).toFixed(1)}x`,
  `${(two.networksPerSecond / networksPerSecond).toFixed(1)}x`,
  meanLoss.toFixed(3),
];
table(
  [
    '',
    'networks a second',
    'ours, 1 thread, against it',
    'ours, 2 threads',
    'mean loss at the end',
  ],
  [
    row('ours, WebAssembly, 1 thread (50 networks)', one),
    row('ours, WebAssembly, 2 threads (50 networks)', two),
    row('plain TypeScript, per sample (25 networks)', perSample),
    row('TensorFlow.js, cpu (10 networks)', tensorflow),
  ],
);
say('## Waits, milliseconds\n');
say(
  'The classic experiment on WebAssembly, 2 threads, the site on the same machine: no network is in these numbers.',
);
table(
  ['from', 'to', 'milliseconds'],
  [
    ['click on Train, nothing in the cache', 'first step on screen', wait.cold],
    ['click on Train, after a reload', 'first step on screen', wait.warm],
    ['click on Train anew, the same visit', 'first step on screen', wait.again],
    ['press of Compute', 'picture of a surface of 101 x 101 points, both parts', wait.surface],
  ],
);
say(`## Memory over ${minutes} minutes\n`);
say(
  `Eight networks trained anew and six pictures (maps, a surface in 3D, barriers, projections, a spectrum) computed, shown and closed, ${rounds} times over. Heaps of JavaScript, the page's and its workers' together, after garbage was collected, and memories of WebAssembly; one thread.`,
);
table(
  ['minute', ...measured.map((_, index) => String(index + 1))],
  [
    ['JavaScript, MB', ...measured.map(({ heap }) => (heap / 1e6).toFixed(1))],
    ['WebAssembly, MB', ...measured.map(({ wasm }) => (wasm / 1e6).toFixed(1))],
  ],
);
say(
  'Graphics buffers of the training worker, on the software adapter, after each of three runs that were trained and stopped:',
);
table(
  ['run', ...buffers.map((_, index) => String(index + 1))],
  [
    ['created so far', ...buffers.map(({ created }) => String(created))],
    ['destroyed so far', ...buffers.map(({ destroyed }) => String(destroyed))],
  ],
);
keepPart(report.text);
