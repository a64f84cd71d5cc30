// `atlas graph`: the graph that an experiment compiles, for whoever debugs the engine.
import { resolve } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { nodeProviders } from '../../src/engine/runtime/executor.ts';
import { createNodeExecutor, type NodeProvider } from '../../src/engine/runtime/node.ts';
import type { Study } from '../../src/landscape/study.ts';
import type { Experiment } from '../../src/learning/experiment.ts';
import { prepareData } from '../../src/learning/prepare-data.ts';
import { writeFileAtomically } from '../atomic-write.ts';
import { CommandError, systemReason } from '../command-error.ts';
import { diskFiles } from '../data-sources.ts';
import { loadExperiment, profiles, relativeToHere, type Profile } from '../experiment-files.ts';
import { experimentGraph, graphKinds, type GraphKind } from '../graph/experiment-graphs.ts';
import { formatGraph } from '../graph/format-graph.ts';
import { reportGraph } from '../graph/graph-report.ts';
import { readBounded } from '../read-bounded.ts';
import { printable } from '../output.ts';
import { collect, wholeNumber } from './option-values.ts';
import { bytesPerMegabyte, defaultMemory } from './run.ts';

interface GraphFlags {
  readonly of: GraphKind;
  readonly set: string[];
  readonly profile: Profile;
  readonly condition?: string;
  readonly steps?: number;
  readonly provider: NodeProvider | 'auto';
  readonly threads?: number;
  readonly memory: number;
  readonly nodes: boolean;
  readonly json: boolean;
  readonly onnx?: string;
  readonly force: boolean;
}

export function graphCommand(): Command {
  const kinds = Object.entries(graphKinds).map(([kind, about]) => `  ${kind.padEnd(15)} ${about}`);
  return new Command('graph')
    .description('show the graph that an experiment compiles: tensors, shapes, nodes, bytes')
    .addArgument(new Argument('<experiment>', 'a name (see `atlas list`) or a JSON file'))
    .addOption(
      new Option('--of <graph>', 'which graph').choices(Object.keys(graphKinds)).default('step'),
    )
    .option('--set <key=value>', 'change one setting (repeatable)', collect, [])
    .addOption(
      new Option('--profile <name>', "size of the project's own experiments")
        .choices(profiles)
        .default('published'),
    )
    .option('--condition <key>', 'which one, where the experiment compares several')
    .option(
      '--steps <count>',
      'optimiser steps in the graph (default: as training)',
      wholeNumber(1, 100),
    )
    .addOption(
      new Option('--provider <name>', 'what it is compiled for')
        .choices(['auto', ...nodeProviders])
        .default('auto'),
    )
    .option('--threads <count>', 'threads on the CPU (default: every core)', wholeNumber(1, 1024))
    .option(
      '--memory <MB>',
      'budget that chunk sizes follow from',
      wholeNumber(16, 1_000_000),
      defaultMemory,
    )
    .option('--nodes', 'list every node with its inputs and shape', false)
    .option('--json', 'as JSON, for programs', false)
    .option('--onnx <file>', 'write the model there, for Netron and others')
    .option('--force', 'replace another file of that name', false)
    .addHelpText('after', `\nGraphs:\n${kinds.join('\n')}`)
    .action(graph);
}

async function graph(nameOrFile: string, flags: GraphFlags): Promise<void> {
  const { provider, threads } = flags;
  const { study, where, folder } = await loadExperiment(nameOrFile, flags.profile, flags.set);
  const experiment = conditionOf(study, flags.condition, where);
  const title = study.compares ? `${study.name}, ${flags.condition}` : study.name;
  if (flags.steps !== undefined && flags.of !== 'step') {
    throw new CommandError(`--steps goes with --of step: the graph "${flags.of}" takes no steps`);
  }
  const data = await prepareData(experiment, diskFiles(folder).sources);
  const executor = await createNodeExecutor({ provider, ...(threads ? { threads } : {}) });
  try {
    const memoryBudget = flags.memory * bytesPerMegabyte;
    const options = { experiment, data, executor, memoryBudget, steps: flags.steps };
    const { report, bytes } = reportGraph(title, experimentGraph(flags.of, options), executor);
    if (flags.onnx !== undefined) await writeModel(flags.onnx, bytes, flags.force);
    const listed = flags.nodes ? report.listed : undefined;
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ ...report, listed }, null, 2)}\n`
        : `${formatGraph(report, flags.nodes)}\n`,
    );
  } finally {
    executor.dispose();
  }
}

function conditionOf(study: Study, key: string | undefined, where: string): Experiment {
  const keys = study.conditions.map((condition) => condition.key).join(', ');
  const found = study.conditions.find((condition) => condition.key === key);
  if (found) return found.experiment;
  if (key !== undefined) {
    throw new CommandError(
      `there is no condition ${JSON.stringify(key)} in ${where}: expected one of ${keys}`,
    );
  }
  if (!study.compares) return study.base;
  throw new CommandError(
    `${study.name} compares ${study.conditions.length} conditions: --condition says whose graph to show, one of ${keys}`,
  );
}

/** Whole or not at all; what lies there already is left alone unless it is the same. */
async function writeModel(file: string, bytes: Uint8Array, force: boolean): Promise<void> {
  const path = resolve(file);
  const where = printable(relativeToHere(path));
  const isThere = await readBounded(path, { largest: bytes.length }).then(
    (content) => (content.equals(bytes) ? 'same' : 'other'),
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? 'absent' : 'other'),
  );
  if (isThere === 'same') return;
  if (isThere === 'other' && !force) {
    throw new CommandError(
      `${where} is there already and is not this model: name another file, or replace it with --force`,
    );
  }
  await writeFileAtomically(path, bytes).catch((error: unknown) => {
    throw new CommandError(`cannot write the model to ${where}: ${systemReason(error)}`);
  });
}
