// Runs a part of the tests by Vitest and adds them up.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { runStep } from './step.ts';
import type { Tally } from './tally.ts';

/** Of Vitest's report in JSON, what is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const reportFile = 'tests/.output/results.json';

/** Each test counts; a file that fails to load has no tests of its own to fail, and counts as one. */
export async function runVitest(
  tally: Tally,
  title: string,
  args: readonly string[],
): Promise<void> {
  rmSync(reportFile, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const { ok, seconds } = await runStep({
    title,
    command: 'vitest',
    args: ['run', ...args, ...reporters],
  });
  tally.stage(title, seconds);
  const before = tally.failed;
  if (existsSync(reportFile)) {
    const { numPassedTests, testResults } = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
    tally.pass(numPassedTests);
    for (const { name, startTime, endTime, assertionResults } of testResults) {
      tally.file(basename(name), (endTime - startTime) / 1000);
      for (const { status, fullName, failureMessages } of assertionResults)
        if (status === 'failed')
          tally.fail(`${basename(name)}: ${fullName}\n    ${failureMessages.join('\n    ')}`);
    }
  }
  if (!ok && tally.failed === before) tally.fail(title);
}
