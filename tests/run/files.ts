// Which test files run together, and how many at a time.
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Vitest leaves a core to itself, which on two halves the pace. */
export const workers = `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`;

/** A page often waits: for a frame, for a server, for its own worker. One file more than cores fills the gaps. */
export const browserWorkers = `--maxWorkers=${Math.max(3, availableParallelism())}`;

const inBrowser = (name: string): string => `tests/browser/${name}.test.ts`;

/**
 * One at a time: `live-retrain` measures how long the page's own thread is held, and `lab-keep` has tabs that race for a device.
 */
const timed = ['lab-keep', 'live-retrain'].map(inBrowser);

/** Those of all browser tests whose path holds one of the names; all where there are none. */
export function browserFiles(names: readonly string[] = []): {
  timed: string[];
  untimed: string[];
} {
  const files = globSync('tests/browser/*.test.ts')
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
    .sort();
  return {
    timed: files.filter((file) => timed.includes(file)),
    untimed: files.filter((file) => !timed.includes(file)),
  };
}

/** What Vitest is to look for: these names below the folders of the unit and reference tests, or all there. */
export function unitFiles(names: readonly string[]): string[] {
  if (names.length === 0) return ['tests/unit', 'tests/reference'];
  return globSync('tests/{unit,reference}/**/*.test.ts')
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => names.some((name) => file.includes(name)));
}
