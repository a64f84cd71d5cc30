// Which test files run together, and how many at a time.
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Vitest leaves a core to itself, which on two halves the pace. */
export const workers = `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`;

const inBrowser = (name: string): string => `tests/browser/${name}.test.ts`;

/** Where a page that waits for a core behaves otherwise: these run one at a time. */
const timed = [
  'laboratory-memory',
  'lab-keep',
  'lab-training',
  'live-retrain',
  'offline',
  'offline-wrong-answers',
  'reading-progress',
].map(inBrowser);

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
