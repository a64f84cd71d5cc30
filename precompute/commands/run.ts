// `atlas run`: computes experiments into artifacts.
import { resolve } from 'node:path';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { nodeProviders, type Executor } from '../../src/engine/runtime/executor.ts';
import { createNodeExecutor, type NodeProvider } from '../../src/engine/runtime/node.ts';
import { expandNames, loadExperiment, profiles, type Profile } from '../experiment-files.ts';
import { artifactsFolder, cacheFolder } from '../paths.ts';
import { createProgress } from '../progress.ts';
import { relativeToHere } from '../experiment-files.ts';
import { runExperiment, type RunResult } from '../run-experiment.ts';

interface RunFlags {
  readonly set: string[];
  readonly out: string;
  readonly provider: NodeProvider | 'auto';
  readonly threads?: number;
  readonly profile: Profile;
  readonly memory: number;
  readonly force: boolean;
}

/** Megabytes; keeps the default experiment's process under 700 MB, runtime and all. */
const defaultMemory = 256;
const bytesPerMegabyte = 1e6;

export function runCommand(signal: AbortSignal): Command {
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
    .action((experiments: string[], flags: RunFlags) => run(experiments, flags, signal));
}

async function run(names: string[], flags: RunFlags, signal: AbortSignal): Promise<void> {
  const { set, provider, threads, profile, memory, force } = flags;
  const loaded = [];
  // All are read before any is run: a mistake in the last one shows at once.
  for (const name of await expandNames(names))
    loaded.push(await loadExperiment(name, profile, set));

  const progress = createProgress();
  let executor: Promise<Executor> | null = null;
  const startExecutor = async () => {
    const started = await createNodeExecutor({ provider, ...(threads ? { threads } : {}) });
    progress.note(started.reason);
    return started;
  };
  try {
    for (const [index, experiment] of loaded.entries()) {
      const started = performance.now();
      progress.experiment(experiment.experiment.name, `${index + 1} of ${loaded.length}`);
      const result = await runExperiment(experiment, {
        out: resolve(flags.out),
        cache: cacheFolder,
        provider,
        executor: () => (executor ??= startExecutor()),
        memory: memory * bytesPerMegabyte,
        force,
        signal,
        progress,
      });
      progress.stop();
      process.stdout.write(`${summary(result, (performance.now() - started) / 1000)}\n`);
    }
  } finally {
    progress.stop();
    if (executor) (await (executor as Promise<Executor>).catch(() => null))?.dispose();
  }
}

function summary({ folder, status, manifest }: RunResult, seconds: number): string {
  const { name, statistics } = manifest;
  const { converged, stuck, diverged } = statistics.outcomes;
  const where = relativeToHere(folder);
  if (status === 'unchanged') return `${name}: unchanged, ${where} is current`;
  return `${name}: ${converged} converged, ${stuck} stuck, ${diverged} diverged; ${where} written in ${seconds.toFixed(1)} s on ${manifest.provider}`;
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`);
  };
}
