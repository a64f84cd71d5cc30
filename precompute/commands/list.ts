// `atlas list`: the project's experiments, what they train and ask, and whether their artifacts are current.
import { join } from 'node:path';
import { Command } from 'commander';
import pc from 'picocolors';
import type { Study } from '../../src/landscape/study.ts';
import { artifactState } from '../artifact-folder.ts';
import { artifactSources } from '../artifact-sources.ts';
import { diskFiles } from '../data-sources.ts';
import { describeExperiment } from '../describe-experiment.ts';
import { experimentNames, loadExperiment } from '../experiment-files.ts';
import { printable } from '../output.ts';
import { artifactsFolder, experimentsFolder } from '../paths.ts';

export function listCommand(): Command {
  return new Command('list')
    .description("show the project's experiments and the state of their artifacts")
    .action(list);
}

async function list(): Promise<void> {
  for (const name of await experimentNames()) {
    const { study } = await loadExperiment(name);
    const title = study.title ? `  ${printable(study.title)}` : '';
    process.stdout.write(`${pc.bold(name)}${title}\n`);
    process.stdout.write(`  ${describeExperiment(study.base)}\n`);
    const keys = study.conditions.map(({ key }) => key).join(', ');
    if (study.compares) process.stdout.write(`  compares: ${keys}\n`);
    const analyses = Object.keys(study.analyses);
    if (analyses.length > 0) process.stdout.write(`  analyses: ${analyses.join(', ')}\n`);
    process.stdout.write(`  artifact: ${await stateOf(study)}\n`);
  }
}

async function stateOf(study: Study): Promise<string> {
  const { contentHash } = await artifactSources(study, diskFiles(experimentsFolder));
  const state = await artifactState(join(artifactsFolder, study.name), contentHash, 'auto');
  return 'reason' in state ? `${state.kind} (${printable(state.reason)})` : state.kind;
}
