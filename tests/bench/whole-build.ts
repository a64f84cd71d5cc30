// Times the whole site's clean build from an empty cache, and a rebuild with nothing changed, with peak memory.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';

export interface BuildTime {
  readonly seconds: number;
  /** Largest resident set of one process of the build. */
  readonly peakMegabytes: number;
}

/** A cache of its own, so that nothing has been trained before. */
const cache = 'tests/.output/bench-cache';

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
      env: { ...process.env, ATLAS_CACHE: cache },
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
const experiments = () => timed(['precompute/atlas.ts', 'run', 'all', '--out', out]);
const site = () =>
  timed(['node_modules/astro/bin/astro.mjs', 'build', '--outDir', 'tests/.output/bench-site']);

export interface WholeBuild {
  readonly experiments: BuildTime;
  readonly unchanged: BuildTime;
  readonly site: BuildTime;
}

export async function wholeBuild(): Promise<WholeBuild> {
  for (const folder of [out, cache]) rmSync(folder, { recursive: true, force: true });
  return {
    experiments: await experiments(),
    unchanged: await experiments(),
    site: await site(),
  };
}

/** Of every artifact of the last build: its folder, its seconds, and those of its stages, the longest first. */
export function artifactTimes(): [string, number, string][] {
  return readdirSync(out)
    .sort()
    .map((folder) => {
      const { timings } = JSON.parse(readFileSync(`${out}/${folder}/manifest.json`, 'utf8')) as {
        timings: Record<string, number>;
      };
      const stages = Object.entries(timings).sort(([, a], [, b]) => b - a);
      const total = stages.reduce((sum, [, seconds]) => sum + seconds, 0);
      const told = stages.filter(([, seconds]) => seconds >= 0.1);
      return [
        folder,
        total,
        told.map(([stage, seconds]) => `${stage} ${seconds.toFixed(1)}`).join(', '),
      ];
    });
}
