// `npm start`: computes what the site needs, builds it, serves it. What is current is not done again.
import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { writeFileAtomically } from './atomic-write.ts';
import { CommandError, InterruptedError, oneSentence } from './command-error.ts';
import { interruption } from './interruption.ts';
import { cacheFolder, projectRoot } from './paths.ts';
import { hashFiles } from './source-hash.ts';

/** Everything that the built site is made of. */
const siteSources = [
  'src',
  'content',
  'public',
  'astro.config.mjs',
  'CITATION.cff',
  'package-lock.json',
  'tsconfig.json',
];
const stampFile = join(cacheFolder, 'site-build.txt');
const builtFolder = join(projectRoot, 'dist');

interface StartFlags {
  readonly port: number;
  readonly base?: string;
  readonly host?: string;
}

async function start({ port, base, host }: StartFlags): Promise<void> {
  const signal = interruption();
  if (base !== undefined) process.env['ATLAS_BASE'] = base;

  // In processes of their own, so that what they needed is given back before serving begins.
  await runNode(
    [join(projectRoot, 'precompute', 'atlas.ts'), 'run', 'all'],
    'computing the runs',
    signal,
  );
  const hash = await siteHash();
  if (await isBuilt(hash)) {
    say('site: unchanged, dist is current');
  } else {
    await runNode(
      [join(projectRoot, 'node_modules', 'astro', 'bin', 'astro.mjs'), 'build'],
      'building the site',
      signal,
    );
    await writeFileAtomically(stampFile, hash);
  }

  const { preview } = await import('astro');
  const server = await preview({
    root: projectRoot,
    logLevel: 'error',
    server: { port, ...(host === undefined ? {} : { host }) },
  });
  signal.addEventListener('abort', () => void server.stop());
  const shownHost = server.host && server.host !== '0.0.0.0' ? server.host : 'localhost';
  const path = (process.env['ATLAS_BASE'] ?? '/').replace(/\/*$/, '/');
  say(
    `Loss Atlas is served on http://${shownHost}:${server.port}${path === '/' ? '' : path} (Ctrl-C ends it)`,
  );
  await server.closed();
}

/** Hash of the site's sources and of the settings that reach into the build. */
async function siteHash(): Promise<string> {
  const settings = ['ATLAS_BASE', 'ATLAS_SITE'].map((name) => `${name}=${process.env[name] ?? ''}`);
  return `${await hashFiles(projectRoot, siteSources)} ${settings.join(' ')}\n`;
}

async function isBuilt(hash: string): Promise<boolean> {
  const stamp = await readFile(stampFile, 'utf8').catch(() => '');
  const page = await stat(join(builtFolder, 'index.html')).catch(() => null);
  return page !== null && stamp === hash;
}

/** Runs a script by this Node and waits; its words go straight to the terminal. */
function runNode(args: readonly string[], step: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: 'inherit' });
    // The terminal sends Ctrl-C to the child too; other ends are passed on.
    const pass = () => child.kill('SIGTERM');
    signal.addEventListener('abort', pass);
    child.on('error', reject);
    child.on('exit', (status) => {
      signal.removeEventListener('abort', pass);
      if (signal.aborted) reject(new InterruptedError());
      else if (status === 0) resolve();
      else reject(new CommandError(`${step} failed (status ${status}): what it said stands above`));
    });
  });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('expected a port from 1 to 65535.');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const command = new Command('start')
  .description('Computes what the site needs, builds it and serves it.')
  .option('--port <number>', 'port to serve on', portNumber, 4321)
  .option('--host <name>', 'address to listen on (default: this machine alone)')
  .option('--base <path>', 'path the site lives under, e.g. /loss-atlas/ (or ATLAS_BASE)')
  .action(async (flags: StartFlags) => {
    try {
      await start(flags);
    } catch (error) {
      process.stderr.write(`start: ${oneSentence(error)}\n`);
      if (process.env['ATLAS_DEBUG']) process.stderr.write(`${(error as Error).stack}\n`);
      process.exitCode = error instanceof InterruptedError ? 130 : 1;
    }
  });
await command.parseAsync();
