// What `atlas inspect` says of a study's results: all of them, one line each, whatever kind of number they are.
import { expect, it } from 'vitest';
import { formatReport } from '../../../precompute/format-report.ts';
import type { Manifest } from '../../../src/artifact/manifest.ts';
import { parseStudy } from '../../../src/landscape/study.ts';

const words = ['stuck', ...Array.from({ length: 9 }, () => 'converged')];
const manifest: Manifest = {
  format: 'loss-atlas-artifact',
  schemaVersion: 3,
  name: 'pace',
  profile: 'file',
  study: parseStudy(
    { name: 'pace', analyses: { ends: { kind: 'outcomes' }, layout: { kind: 'outcomes' } } },
    'a test',
  ) as never,
  provider: 'cpu',
  providerReason: 'a test',
  versions: {},
  sourcesHash: '',
  engineVersion: '',
  contentHash: 'f'.repeat(64),
  conditions: [
    { key: 'pace', dataHash: '', sizes: [2, 8, 2], parameters: 42, networks: 50, diverged: 3 },
  ],
  inputs: [],
  timings: { training: 1.26 },
  unanswered: { layout: 'all 12 points coincide' },
  claims: [],
  files: [{ path: 'weights.safetensors', bytes: 1500, sha256: '', purpose: 'weights' }],
  manifestHash: '',
};
const ends = {
  outcomeOf: words,
  axes: ['first', 'second'],
  few: [1, 'NaN', 0.25],
  many: [...Array.from({ length: 9 }, (_, i) => i), 'Infinity'],
  none: Array.from({ length: 9 }, () => 'NaN'),
  mean: { value: 0.5, interval: ['NaN', 1] },
  missing: null,
  loss: { tensor: 'loss' },
  deep: { also: { tensor: 'deep.also' } },
};
const report = formatReport(manifest, new Map([['ends', ends]])).split('\n');
const lineOf = (name: string) =>
  report
    .filter((line) => line.trim().split(/ {2,}/)[0] === name)
    .map((line) => line.trim().split(/ {2,}/).slice(1).join('  '));

it('a study is reported one line a number, list or estimate', () => {
  expect(lineOf('outcomeOf')).toEqual(['1 stuck, 9 converged']);
  expect(lineOf('axes.1')).toEqual(['second']);
  expect(lineOf('few')).toEqual(['1, NaN, 0.25']);
  expect(lineOf('many')).toEqual(['10 numbers, 0 to 8']);
  expect(lineOf('none')).toEqual(['9 numbers, none of them finite']);
  expect(lineOf('mean')).toEqual(['0.5 (95% NaN to 1)']);
  expect(lineOf('missing')).toEqual(['null']);
  expect(lineOf('tensors')).toEqual(['2, in results/ends.safetensors']);
  expect(lineOf('seconds')).toEqual(['training 1.3']);
  expect(lineOf('pace').at(-1)).toMatch(/2-8-2, 42 weights, 3 diverged$/);
  expect(lineOf('all')).toEqual(['1.5 kB']);
});

it('an analysis without answer is reported with its reason', () => {
  const heading = report.findIndex((line) => line.startsWith('layout: '));
  expect(report[heading + 1]!.trim()).toBe('not answered  all 12 points coincide');
});
