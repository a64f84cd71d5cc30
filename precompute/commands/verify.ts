// `atlas verify`: checks an artifact, down to surface points evaluated again.
import { Argument, Command, Option } from 'commander';
import pc from 'picocolors';
import { ArtifactError } from '../../src/artifact/artifact-error.ts';
import type { Manifest } from '../../src/artifact/manifest.ts';
import { verifyArtifact } from '../../src/artifact/verify.ts';
import { nodeProviders } from '../../src/engine/runtime/executor.ts';
import { createNodeExecutor, type NodeProvider } from '../../src/engine/runtime/node.ts';
import { createEvaluator } from '../../src/learning/evaluator.ts';
import { networkShapeOf } from '../../src/learning/network-of.ts';
import { prepareData } from '../../src/learning/prepare-data.ts';
import { findArtifact, readerOf } from '../artifact-folder.ts';
import { dataHash, diskSources } from '../data-sources.ts';
import { relativeToHere } from '../experiment-files.ts';

export function verifyCommand(): Command {
  return new Command('verify')
    .description('check schema and checksums, and evaluate networks and surface points again')
    .addArgument(new Argument('<artifact>', 'its folder, or the name of a run of the site'))
    .addOption(
      new Option('--provider <name>', 'what evaluates')
        .choices(['auto', ...nodeProviders])
        .default('auto'),
    )
    .action(verify);
}

async function verify(
  nameOrFolder: string,
  { provider }: { provider: NodeProvider | 'auto' },
): Promise<void> {
  const folder = await findArtifact(nameOrFolder);
  const findings = await verifyArtifact({
    read: readerOf(folder),
    where: relativeToHere(folder),
    evaluate: (weights, manifest) => evaluateAgain(weights, manifest, provider),
  });
  for (const finding of findings) process.stdout.write(`${pc.green('ok')}  ${finding}\n`);
}

/** From the experiment alone: data, split and graph are made anew. */
async function evaluateAgain(
  weights: Float32Array,
  { experiment, data: recorded, name }: Manifest,
  provider: NodeProvider | 'auto',
) {
  if ((await dataHash(experiment.data)) !== recorded.sha256) {
    throw new ArtifactError(
      `${name} was computed from other data than are here now: run the experiment again`,
    );
  }
  const data = await prepareData(experiment, diskSources);
  const executor = await createNodeExecutor({ provider });
  try {
    const evaluator = await createEvaluator({
      executor,
      network: networkShapeOf(experiment, data),
      loss: experiment.loss,
      samples: data.train,
    });
    try {
      return await evaluator.evaluate(weights);
    } finally {
      evaluator.dispose();
    }
  } finally {
    executor.dispose();
  }
}
