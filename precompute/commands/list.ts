// `atlas list`: the project's experiments, what they train, and whether their artifacts are current.
import { join } from 'node:path';
import { Command } from 'commander';
import pc from 'picocolors';
import { contentHash } from '../../src/artifact/content-hash.ts';
import { studyFolder } from '../../src/artifact/study-files.ts';
import type { Study } from '../../src/landscape/study.ts';
import type { Experiment } from '../../src/learning/experiment.ts';
import { artifactState, readManifest, readStudyManifest } from '../artifact-folder.ts';
import { diskFiles } from '../data-sources.ts';
import { describeExperiment } from '../describe-experiment.ts';
import { experimentNames, loadExperiment } from '../experiment-files.ts';
import { printable } from '../output.ts';
import { artifactsFolder, experimentsFolder } from '../paths.ts';
import { engineVersion } from '../source-hash.ts';
import { studySources } from '../study-sources.ts';

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
    if (!study.compares) process.stdout.write(`  artifact: ${await runState(study.base)}\n`);
    const analyses = Object.keys(study.analyses);
    if (analyses.length === 0) continue;
    const keys = study.conditions.map(({ key }) => key).join(', ');
    if (study.compares) process.stdout.write(`  compares: ${keys}\n`);
    process.stdout.write(`  analyses: ${analyses.join(', ')}\n`);
    process.stdout.write(`  study artifact: ${await studyState(study)}\n`);
  }
}

async function runState(experiment: Experiment): Promise<string> {
  const files = diskFiles(experimentsFolder);
  const hash = await contentHash({
    experiment,
    dataHash: await files.dataHash(experiment.data),
    startHash: (await files.startWeights(experiment))?.sha256,
    engineVersion: await engineVersion(),
  });
  const folder = join(artifactsFolder, experiment.name);
  return stateText(await artifactState(folder, hash, 'auto', readManifest));
}

async function studyState(study: Study): Promise<string> {
  const { hash } = await studySources(study, diskFiles(experimentsFolder));
  const folder = join(artifactsFolder, studyFolder(study.name));
  return stateText(await artifactState(folder, hash, 'auto', readStudyManifest));
}

const stateText = (state: { readonly kind: string; readonly reason?: string }): string =>
  state.reason === undefined ? state.kind : `${state.kind} (${printable(state.reason)})`;
