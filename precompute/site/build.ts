// `npm run build`: what `astro build` does, with its options, but into a folder that is whole at every time.
import { relative, resolve } from 'node:path';
import { interruption } from '../interruption.ts';
import { endWithReader } from '../output.ts';
import { splitOutDir } from './astro-options.ts';
import { astro, builtFolder, buildSite } from './build-site.ts';
import { endCommand, say } from './end-command.ts';
import { runNode } from './run-node.ts';

endWithReader();
const { outDir, rest } = splitOutDir(process.argv.slice(2));

await endCommand('build', async () => {
  const signal = interruption();
  if (rest.some((option) => ['--help', '-h'].includes(option))) {
    return runNode(astro, ['build', '--help'], 'telling the options', signal);
  }
  const target = outDir === null ? builtFolder : resolve(outDir);
  await buildSite(target, rest, { signal, say });
  say(`site: built in ${relative('', target)}`);
});
