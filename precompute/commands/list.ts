// `atlas list`: the project's experiments, what they train, and whether their artifacts are current.
import { join } from 'node:path';
import { Command } from 'commander';
import pc from 'picocolors';
import { contentHash } from '../../src/artifact/content-hash.ts';
import { artifactState } from '../artifact-folder.ts';
import { dataHash } from '../data-sources.ts';
import { describeExperiment } from '../describe-experiment.ts';
import { experimentNames, loadExperiment } from '../experiment-files.ts';
import { artifactsFolder } from '../paths.ts';
import { engineVersion } from '../source-hash.ts';

export function listCommand(): Command {
  return new Command('list')
    .description("show the project's experiments and the state of their artifacts")
    .action(list);
}

async function list(): Promise<void> {
  for (const name of await experimentNames()) {
    const { experiment } = await loadExperiment(name);
    const hashes = {
      dataHash: await dataHash(experiment.data),
      engineVersion: await engineVersion(),
    };
    const hash = await contentHash({ experiment, ...hashes });
    const state = await artifactState(join(artifactsFolder, name), hash, 'auto');
    const title = experiment.title ? `  ${experiment.title}` : '';
    process.stdout.write(`${pc.bold(name)}${title}\n`);
    process.stdout.write(`  ${describeExperiment(experiment)}\n`);
    const reason = 'reason' in state ? ` (${state.reason})` : '';
    process.stdout.write(`  artifact: ${state.kind}${reason}\n`);
  }
}
