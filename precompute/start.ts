// `npm start`: computes what the site needs, builds it, serves it. What is current is not done again.
import { join } from 'node:path';
import { Command } from 'commander';
import { interruption } from './interruption.ts';
import { endWithReader } from './output.ts';
import { projectRoot } from './paths.ts';
import { builtFolder, buildSiteIfNeeded } from './site/build-site.ts';
import { endCommand, say } from './site/end-command.ts';
import { runNode } from './site/run-node.ts';
import { checkListening, serveSite } from './site/serve.ts';
import { portNumber } from './site/serve-flags.ts';
import { siteSettings } from './site/settings.ts';

interface StartFlags {
  readonly port: number;
  readonly host: string;
  readonly base?: string;
}

async function start({ port, host, base: asked }: StartFlags): Promise<void> {
  const signal = interruption();
  if (asked !== undefined) process.env['ATLAS_BASE'] = asked;
  const { base } = siteSettings();
  const where = { port, host, base };
  await checkListening(where);

  // In processes of their own, so that what they needed is given back before serving begins.
  const atlas = join(projectRoot, 'precompute', 'atlas.ts');
  await runNode(atlas, ['run', 'all'], 'computing the runs', signal);
  const outcome = await buildSiteIfNeeded({ signal, say });
  if (outcome === 'current') say('site: unchanged, dist is current');
  signal.throwIfAborted();

  const server = await serveSite(builtFolder, where);
  signal.addEventListener('abort', () => server.close());
  say(`Loss Atlas is served on ${server.url} (Ctrl-C ends it)`);
  await server.closed;
}

endWithReader();
const command = new Command('start')
  .description('Computes what the site needs, builds it and serves it.')
  .option('--port <number>', 'port to serve on', portNumber, 4321)
  .option('--host <name>', 'address to listen on (default: this machine alone)', 'localhost')
  .option('--base <path>', 'path the site lives under, e.g. /loss-atlas/ (or ATLAS_BASE)')
  .action((flags: StartFlags) => endCommand('start', () => start(flags)));
await command.parseAsync();
