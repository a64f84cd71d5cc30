// Times the whole site's clean build from an empty cache, and a rebuild with nothing changed, with peak memory.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

export interface BuildTime {
  readonly seconds: number;
  /** Largest resident set of one process of the build. */
  readonly peakMegabytes: number;
}

/** Runs a Node program to its end; it reports its own peak memory as it exits. */
function timed(args: readonly string[]): Promise<BuildTime> {
  const report = 'tests/.output/peak-memory';
  rmSync(report, { force: true });
  const atExit = `import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync('${report}',String(process.resourceUsage().maxRSS)))`;
  const preload = `data:text/javascript,${encodeURIComponent(atExit)}`;
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', preload, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (status) => {
      if (status !== 0) return reject(new Error(`node ${args.join(' ')} ended with ${status}`));
      resolve({
        seconds: (performance.now() - started) / 1000,
        peakMegabytes: Number(readFileSync(report, 'utf8')) / 1024,
      });
    });
  });
}

const out = 'tests/.output/bench-data';
const experiments = (force: boolean) =>
  timed(['precompute/atlas.ts', 'run', 'all', '--out', out, ...(force ? ['--force'] : [])]);
const site = () =>
  timed(['node_modules/astro/bin/astro.mjs', 'build', '--outDir', 'tests/.output/bench-site']);

export interface WholeBuild {
  readonly experiments: BuildTime;
  readonly unchanged: BuildTime;
  readonly site: BuildTime;
}

export async function wholeBuild(): Promise<WholeBuild> {
  rmSync(out, { recursive: true, force: true });
  return {
    experiments: await experiments(true),
    unchanged: await experiments(false),
    site: await site(),
  };
}
