// `atlas verify`: checks an artifact, down to surface points evaluated again.
import { Argument, Command, Option } from 'commander';
import pc from 'picocolors';
import { verifyArtifact } from '../../src/artifact/verify.ts';
import { nodeProviders } from '../../src/engine/runtime/executor.ts';
import { createNodeExecutor, type NodeProvider } from '../../src/engine/runtime/node.ts';
import type { Experiment } from '../../src/learning/experiment.ts';
import { prepareData } from '../../src/learning/prepare-data.ts';
import { findArtifact, readerOf } from '../artifact-folder.ts';
import { diskFiles } from '../data-sources.ts';
import { relativeToHere } from '../experiment-files.ts';
import { goOnWithoutReader, printable } from '../output.ts';

export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'check schema and checksums, recompute every number of a result, and evaluate samples again',
    )
    .addArgument(new Argument('<artifact>', 'its folder, or the name of a run of the site'))
    .addOption(
      new Option('--provider <name>', 'what evaluates')
        .choices(['auto', ...nodeProviders])
        .default('auto'),
    )
    .option('--files <folder>', 'where the files lie that its experiment names', '.')
    .action(verify);
}

async function verify(
  nameOrFolder: string,
  { provider, files: folder }: { provider: NodeProvider | 'auto'; files: string },
): Promise<void> {
  // Its status says whether all holds, whoever reads along.
  goOnWithoutReader();
  const files = diskFiles(folder);
  const artifact = await findArtifact(nameOrFolder);
  const executor = await createNodeExecutor({ provider });
  const prepare = async (experiment: Experiment) => ({
    data: await prepareData(experiment, files.sources),
    dataHash: await files.dataHash(experiment.data),
  });
  const say = (finding: string) =>
    process.stdout.write(`${pc.green('ok')}  ${printable(finding)}\n`);
  try {
    const findings = await verifyArtifact({
      read: readerOf(artifact),
      where: relativeToHere(artifact),
      executor,
      prepare,
      readTensors: files.tensors,
      fileHash: (path) => files.fileHash(path).catch(() => null),
      // Nothing is half written when it ends at Ctrl-C.
      signal: new AbortController().signal,
    });
    findings.forEach(say);
  } finally {
    executor.dispose();
  }
}
