// Programs that are launched: they end with whoever started them, and end as they would by themselves.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { projectRoot, temporaryFolder } from './run-atlas.ts';

const folder = temporaryFolder();
const launcher = join(projectRoot, 'precompute', 'launch.js');
const started: ChildProcess[] = [];
const seen: number[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const pid of seen.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});
afterAll(folder.remove);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that has ended and that nobody has asked after is gone.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 15_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`After 15 s still not: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

let count = 0;
function script(name: string, lines: readonly string[]): string {
  const path = join(folder.path, `${++count}-${name}`);
  writeFileSync(path, lines.join('\n'));
  return path;
}

/** A program that writes its number and then goes on for ever; and what it writes it to. */
function lasting(lines: readonly string[] = []): { program: string; pid: () => Promise<number> } {
  const file = join(folder.path, `${++count}.pid`);
  const program = script('lasting.ts', [
    `import { renameSync, writeFileSync } from 'node:fs';`,
    `const forEver: number = 60_000;`,
    `setInterval(() => {}, forEver);`,
    ...lines,
    `writeFileSync('${file}.new', String(process.pid));`,
    `renameSync('${file}.new', '${file}');`,
  ]);
  return {
    program,
    async pid() {
      await until(() => existsSync(file), 'the program has started');
      const pid = Number(readFileSync(file, 'utf8'));
      seen.push(pid);
      return pid;
    },
  };
}

function start(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  return child;
}

const ended = (child: ChildProcess) =>
  new Promise<[status: number | null, signal: NodeJS.Signals | null]>((resolve) => {
    child.once('exit', (status, signal) => resolve([status, signal]));
  });

/** What `interruption` promises. */
const interrupted = [
  `import { interruption } from '${pathToFileURL(join(projectRoot, 'precompute', 'interruption.ts')).href}';`,
  `interruption().addEventListener('abort', () => setTimeout(() => process.exit(130), 300));`,
];

describe.skipIf(process.platform === 'win32')('a program ends with whoever started it:', () => {
  it('ours, when it is killed outright', async () => {
    const { program, pid } = lasting();
    const starter = pathToFileURL(join(projectRoot, 'precompute', 'start-node.js')).href;
    const parent = script('parent.mjs', [
      `import { startNode } from '${starter}';`,
      `startNode('${program}', []);`,
    ]);
    const child = start(process.execPath, [parent]);
    const number = await pid();
    child.kill('SIGKILL');
    await until(() => !isAlive(number), 'the program has ended');
  });

  /** npm calls itself so, and starts a shell that starts the program. */
  function underNpm(title: string, program: string): ChildProcess {
    const shell = `'${process.execPath}' '${launcher}' '${program}'; exit $?`;
    const npm = script('npm.cjs', [
      `process.title = ${JSON.stringify(title)};`,
      `const shell = require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(shell)}]);`,
      `process.stdout.write(shell.pid + '\\n');`,
    ]);
    return start(process.execPath, [npm]);
  }

  const shellOf = (npm: ChildProcess) =>
    new Promise<number>((resolve) => npm.stdout!.once('data', (text) => resolve(Number(text))));

  it('npm, when it is killed and the shell between goes on', async () => {
    const { program, pid } = lasting();
    const npm = underNpm('npm exec atlas run', program);
    const number = await pid();
    npm.kill('SIGKILL');
    await until(() => !isAlive(number), 'the program has ended');
  });

  it('npm, when only the shell heard of it', async () => {
    const { program, pid } = lasting(interrupted);
    const shell = shellOf(underNpm('npm start', program));
    const number = await pid();
    process.kill(await shell, 'SIGTERM');
    await until(() => !isAlive(number), 'the program has ended');
  });

  it('but not a shell of the reader’s own, which may be closed', async () => {
    const { program, pid } = lasting();
    const terminal = underNpm('bash', program);
    const number = await pid();
    terminal.kill('SIGKILL');
    // Longer than it takes to look twice.
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(isAlive(number)).toBe(true);
  });
});

describe.skipIf(process.platform === 'win32')('where Node strips no types by itself', () => {
  const launch = (program: string) =>
    start(process.execPath, ['--no-experimental-strip-types', launcher, program]);

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    '%s ends the program, and the launcher by it',
    async (signal) => {
      const { program, pid } = lasting();
      const child = launch(program);
      const number = await pid();
      expect(number).not.toBe(child.pid);
      child.kill(signal);
      expect(await ended(child)).toEqual([null, signal]);
      expect(isAlive(number)).toBe(false);
    },
  );

  it('SIGINT ends it once, with its own status, whether the terminal told it too or not', async () => {
    for (const toldTwice of [false, true]) {
      const { program, pid } = lasting(interrupted);
      const child = launch(program);
      const number = await pid();
      const end = ended(child);
      const before = performance.now();
      child.kill('SIGINT');
      if (toldTwice) process.kill(number, 'SIGINT');
      expect(await end).toEqual([130, null]);
      // A second signal would have ended it at once.
      expect(performance.now() - before).toBeGreaterThan(290);
    }
  });

  it('passes the exit status on', async () => {
    const status: string = script('status.ts', ['const status: number = 7; process.exit(status);']);
    expect(await ended(launch(status))).toEqual([7, null]);
  });

  it('a launcher that is killed outright takes the program with it', async () => {
    const { program, pid } = lasting();
    const child = launch(program);
    const number = await pid();
    child.kill('SIGKILL');
    await until(() => !isAlive(number), 'the program has ended');
  });
});

it.each(['start.ts', 'site/astro.ts', 'site/preview.ts'])(
  '%s ends quietly where its reader has gone',
  async (program) => {
    const child = start(process.execPath, [launcher, join('precompute', program), '--help']);
    let stderr = '';
    child.stderr!.on('data', (text) => (stderr += String(text)));
    child.stdout!.destroy();
    expect(await ended(child)).toEqual([0, null]);
    expect(stderr).toBe('');
  },
);
