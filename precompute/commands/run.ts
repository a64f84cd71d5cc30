// `atlas run`: computes experiments into artifacts.
import { resolve } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { nodeProviders, type Executor } from '../../src/engine/runtime/executor.ts';
import { createNodeExecutor, type NodeProvider } from '../../src/engine/runtime/node.ts';
import type { Study } from '../../src/landscape/study.ts';
import { counted } from '../../src/learning/counted.ts';
import { onOneLine } from '../command-error.ts';
import {
  expandNames,
  loadExperiment,
  profiles,
  relativeToHere,
  type Profile,
} from '../experiment-files.ts';
import { interruption } from '../interruption.ts';
import { goOnWithoutReader } from '../output.ts';
import { artifactsFolder, cacheFolder, isOwnCache } from '../paths.ts';
import { createProgress } from '../progress.ts';
import { runExperiment, type RunResult } from '../pipeline.ts';
import type { RunOptions } from '../run-options.ts';
import { collect, wholeNumber } from './option-values.ts';

interface RunFlags {
  readonly set: string[];
  readonly out: string;
  readonly provider: NodeProvider | 'auto';
  readonly threads?: number;
  readonly profile: Profile;
  readonly memory: number;
  readonly force: boolean;
}

/** No analysis of a study could be answered; what else was asked for is done. */
const nothingAnswered = 3;

/** Megabytes; keeps the default experiment's process under 700 MB, runtime and all. */
export const defaultMemory = 256;
export const bytesPerMegabyte = 1e6;

export function runCommand(): Command {
  return new Command('run')
    .description('compute experiments and write their artifacts; what is current is left alone')
    .addArgument(new Argument('<experiments...>', 'names (see `atlas list`), JSON files, or all'))
    .option(
      '--set <key=value>',
      'change one setting, e.g. --set epochs=200 (repeatable)',
      collect,
      [],
    )
    .option('--out <folder>', 'where artifacts go', artifactsFolder)
    .addOption(
      new Option('--provider <name>', 'what computes')
        .choices(['auto', ...nodeProviders])
        .default('auto'),
    )
    .option('--threads <count>', 'threads on the CPU (default: every core)', wholeNumber(1, 1024))
    .addOption(
      new Option('--profile <name>', "size of the project's own experiments")
        .choices(profiles)
        .default('published'),
    )
    .option(
      '--memory <MB>',
      'budget that chunk sizes follow from',
      wholeNumber(16, 1_000_000),
      defaultMemory,
    )
    .option('--force', 'compute even what is current', false)
    .addHelpText(
      'after',
      `
Exit status: 0 done (an analysis that cannot be answered is a warning); 1 failed; 2 misused;
  ${nothingAnswered} not one analysis of a study could be answered, its artifact says why; 130 stopped.`,
    )
    .action((experiments: string[], flags: RunFlags) => run(experiments, flags));
}

async function run(names: string[], flags: RunFlags): Promise<void> {
  // Other commands write nothing, and end at once.
  const signal = interruption();
  goOnWithoutReader();
  const { set, provider, threads, profile, memory, force } = flags;
  const loaded = [];
  // All are read before any is run: a mistake in the last one shows at once.
  for (const name of await expandNames(names))
    loaded.push(await loadExperiment(name, profile, set));
  // Runs before comparisons: what a comparison shares with a run is trained under the run's name.
  loaded.sort((a, b) => Number(a.study.compares) - Number(b.study.compares));

  const progress = createProgress();
  let executor: Promise<Executor> | null = null;
  const startExecutor = async () => {
    const started = await createNodeExecutor({ provider, ...(threads ? { threads } : {}) });
    progress.note(started.reason);
    return started;
  };
  try {
    const options: RunOptions = {
      out: resolve(flags.out),
      cache: cacheFolder,
      isOwnCache,
      provider,
      executor: () => (executor ??= startExecutor()),
      memory: memory * bytesPerMegabyte,
      force,
      signal,
      progress,
    };
    for (const [index, each] of loaded.entries()) {
      const { study } = each;
      progress.experiment(study.name, `${index + 1} of ${loaded.length}`);
      const [result, seconds] = await clocked(runExperiment(each, options));
      progress.stop();
      process.stdout.write(`${summary(study, result, seconds)}\n`);
      warn(study, result.manifest.unanswered);
    }
  } finally {
    progress.stop();
    if (executor) (await (executor as Promise<Executor>).catch(() => null))?.dispose();
  }
}

/** Says which analyses have no answer, and why; the exit status tells where there is none at all. */
function warn({ name, analyses }: Study, unanswered: Readonly<Record<string, string>>): void {
  const reasons = Object.entries(unanswered);
  for (const [analysis, reason] of reasons) {
    process.stderr.write(
      `warning: the analysis "${analysis}" of ${name} cannot be answered: ${onOneLine(reason)}\n`,
    );
  }
  const asked = Object.keys(analyses).length;
  if (asked > 0 && reasons.length === asked) process.exitCode = nothingAnswered;
}

/** The result, and how many seconds it took. */
async function clocked<Result>(work: Promise<Result>): Promise<[Result, number]> {
  const started = performance.now();
  const result = await work;
  return [result, (performance.now() - started) / 1000];
}

/** `fifty: 48 converged, 2 stuck, 0 diverged; 5 analyses, 3 of 4 claims shown; public/data/fifty written in 3.1 s on cpu`. */
function summary(study: Study, { folder, status, manifest }: RunResult, seconds: number): string {
  const { name, conditions, claims, unanswered, provider } = manifest;
  const where = relativeToHere(folder);
  if (status === 'unchanged') return `${name}: unchanged, ${where} is current`;
  const outcomes = conditions[0]?.training?.statistics.outcomes;
  const asked = Object.keys(study.analyses).length;
  const shown = claims.filter(({ verdict }) => verdict === 'shown').length;
  const answers = [
    ...(asked > 0 ? [answeredText(asked, Object.keys(unanswered).length)] : []),
    ...(claims.length > 0 ? [`${shown} of ${counted(claims.length, 'claim')} shown`] : []),
  ];
  const parts = outcomes
    ? [
        `${outcomes.converged} converged, ${outcomes.stuck} stuck, ${outcomes.diverged} diverged`,
        ...(answers.length > 0 ? [answers.join(', ')] : []),
      ]
    : [[counted(conditions.length, 'condition'), ...answers].join(', ')];
  return `${name}: ${parts.join('; ')}; ${where} written in ${seconds.toFixed(1)} s on ${provider}`;
}

function answeredText(all: number, unanswered: number): string {
  const analyses = counted(all, 'analysis', 'analyses');
  return unanswered === 0 ? analyses : `${all - unanswered} of ${analyses} answered`;
}
