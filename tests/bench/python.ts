// Runs the PyTorch side of the benchmark where a python3 with torch is at hand.
import { spawnSync } from 'node:child_process';
import { cases, networks, points } from './cases.ts';

export interface PytorchTimes {
  readonly version: string;
  readonly results: Readonly<
    Record<
      string,
      Readonly<Record<'oneByOne' | 'batched' | 'productsOneByOne' | 'productsBatched', number>>
    >
  >;
}

const interpreters = ['python3', '/usr/bin/python3', 'python'];

/** Null where no interpreter has torch. */
export function pytorchTimes(threads: number): PytorchTimes | null {
  const python = interpreters.find(
    (path) => spawnSync(path, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0,
  );
  if (!python) return null;
  const job = JSON.stringify({ cases, networks, points, threads });
  const { status, stdout, stderr } = spawnSync(python, ['tests/bench/pytorch.py', job], {
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`PyTorch's benchmark failed: ${stderr.trim().split('\n').at(-1)}`);
  return JSON.parse(stdout) as PytorchTimes;
}
