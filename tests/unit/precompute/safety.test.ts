// What the command must never do, whatever it is pointed at: touch what is not its own, hang, fill the memory, or lose work.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askAtlas, projectRoot, runAtlas, temporaryFolder, type Outcome } from './run-atlas.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const at = (...path: string[]) => join(folder.path, ...path);
const isLinux = process.platform === 'linux';

const tiny = {
  name: 'tiny',
  data: { kind: 'moons', samples: 32 },
  hiddenSizes: [3],
  epochs: 2,
  initialisations: 3,
  snapshots: 2,
  grid: { size: 5 },
};
function put(path: string, content: string | object) {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), typeof content === 'string' ? content : JSON.stringify(content));
  return at(path);
}
const experiment = put('tiny.json', tiny);
let runs = 0;
/** Runs the command in places of its own, if none are given. */
const run = (
  args: readonly string[] = [],
  { out = at(`out-${++runs}`), cache = at(`cache-${runs}`), file = experiment } = {},
) => runAtlas(['run', file, '--provider', 'cpu', '--out', out, ...args], { cache });

function expectRefusal({ status, stdout, stderr }: Outcome, message: RegExp) {
  expect(stderr.trim().split('\n').at(-1)).toMatch(message);
  expect([status, stdout]).toEqual([1, '']);
}

describe('atlas run', () => {
  it('deletes nothing in a folder of somebody’s that ATLAS_CACHE names, and trains nothing', async () => {
    put('home/thesis/chapter.tex', 'ten years of work');
    utimesSync(at('home/thesis'), 1, 1);
    const refused = await run([], { cache: at('home'), out: at('out-home') });
    expectRefusal(refused, /^atlas: ATLAS_CACHE names .*home, which holds files that are not/);
    expect(refused.stderr).not.toContain('training');
    expect(readFileSync(at('home/thesis/chapter.tex'), 'utf8')).toBe('ten years of work');
    expect(readdirSync(at('home'))).toEqual(['thesis']);
  });

  it('replaces nothing but artifacts, forced or not, and trains nothing', async () => {
    put('extensions/tiny/manifest.json', { manifest_version: 3, name: 'my extension' });
    put('extensions/tiny/main.js', 'work');
    for (const flags of [[], ['--force']]) {
      const refused = await run(flags, { out: at('extensions'), cache: at('cache-ext') });
      expectRefusal(refused, /tiny holds files that are not an artifact of Loss Atlas/);
      expect(refused.stderr).not.toContain('training');
    }
    expect(readdirSync(at('extensions/tiny')).sort()).toEqual(['main.js', 'manifest.json']);
  });

  it('keeps somebody’s notes inside an artifact, and leaves it current', async () => {
    const places = { out: at('noted'), cache: at('cache-noted') };
    expect(await run([], places)).toMatchObject({ status: 0 });
    put('noted/tiny/notes.txt', 'mine');
    expect((await run([], places)).stdout).toMatch(/^tiny: unchanged/);
    expectRefusal(
      await run(['--force'], places),
      /tiny holds notes\.txt, which is no part of its artifact, and nothing was touched: move it/,
    );
    expect(readFileSync(at('noted/tiny/notes.txt'), 'utf8')).toBe('mine');
    expect(existsSync(at('noted/tiny/weights.safetensors'))).toBe(true);
  });

  it.runIf(isLinux)('comes back from folders in which nothing can be made', async () => {
    const out = await run([], { out: '/proc/x' });
    expectRefusal(out, /^atlas: cannot write to \/proc\/x: the system makes no folders in \/proc/);
    const cache = await run([], { cache: '/proc/x' });
    expectRefusal(cache, /^atlas: cannot use the cache \/proc\/x: the system makes .* ATLAS_CACHE/);
    expect(cache.stderr).not.toContain('training');
  });

  it.runIf(isLinux)('reads no pipe that nobody writes to, and no device', async () => {
    execFileSync('mkfifo', [at('pipe.csv')]);
    const reading = (path: string) =>
      put(`${path.replaceAll('/', '-')}.json`, { ...tiny, data: { kind: 'csv', path } });
    const pipe = await run([], { file: reading('pipe.csv') });
    expectRefusal(
      pipe,
      /cannot read the data from .*pipe\.csv: it is a pipe, and expected is a file/,
    );
    const device = await run([], { file: reading('/dev/zero') });
    expectRefusal(device, /cannot read the data from \/dev\/zero: it is a device/);
  });

  const small = at('small');
  mkdirSync(small);
  /** A disk of its own, where this machine lets us make one. */
  const hasDisk =
    isLinux && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', small]).status === 0;
  afterAll(() => hasDisk && spawnSync('umount', [small]));

  it.runIf(hasDisk)('trains nothing that there is no room for', async () => {
    const large = ['--set', 'snapshots=50', '--set', 'epochs=50', '--set', 'hiddenSizes=[256]'];
    const refused = await run(large, { out: join(small, 'out') });
    expectRefusal(
      refused,
      /small\/out has room for \d+ kB and the run needs about \d+ kB, so nothing was computed: make room, or/,
    );
    expect(refused.stderr).not.toContain('training');
    const filler = join(small, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1k'], { stdio: 'ignore' });
    const full = await run([], { cache: join(small, 'cache') });
    expectRefusal(full, /cache.*: no space is left on the disk.*; set ATLAS_CACHE to/);
    expect(full.stderr).not.toContain('training');
    rmSync(filler);
  });

  it.runIf(hasDisk)('loses no training where the cache fills up meanwhile', async () => {
    const cache = join(small, 'filling');
    const fill = ['if=/dev/zero', `of=${join(small, 'filler')}`, 'bs=1k'];
    const outcome = await runAtlas(
      ['run', experiment, '--provider', 'cpu', '--out', at('filled'), '--set', 'epochs=1000'],
      {
        cache,
        onceItSays: [': training', () => spawnSync('dd', fill, { stdio: 'ignore' })],
      },
    );
    expect(outcome.status, outcome.stderr).toBe(0);
    expect(outcome.stderr).toMatch(
      /cannot keep the stage "training" in .*: no space is left on the disk; going on without/,
    );
    const checked = await runAtlas(['verify', at('filled', 'tiny')], { cache });
    expect(checked.status, checked.stderr).toBe(0);
  });

  it('computes one artifact among many that ask for it at once, and all end well', async () => {
    const study = put('many.json', {
      ...tiny,
      name: 'many',
      analyses: { ends: { kind: 'outcomes' } },
    });
    const [shared, cache] = [at('shared'), at('cache-shared')];
    const outs = [shared, shared, shared, at('other'), at('other')];
    const outcomes = await Promise.all(
      outs.map((out, index) => run(index === 2 ? ['--force'] : [], { out, cache, file: study })),
    );
    for (const { status, stderr } of outcomes) expect(status, stderr).toBe(0);
    for (const out of new Set(outs)) {
      expect(readdirSync(out).sort()).toEqual(['many']);
      const checked = await askAtlas(['verify', join(out, 'many'), '--provider', 'cpu']);
      expect(checked.status, checked.stderr).toBe(0);
    }
    expect(readdirSync(cache).sort()).toEqual(['CACHEDIR.TAG', 'answers', 'training']);
    expect(outcomes.some(({ stderr }) => stderr.includes('waiting for process'))).toBe(true);
  }, 120_000);

  it('stops waiting for another process at Ctrl-C', async () => {
    const out = at('held');
    mkdirSync(out);
    const lock = { format: 'loss-atlas-lock', token: 't', host: 'h', numbering: 'h', process: 1 };
    put('held/.tiny.lock', { ...lock, started: null, since: 'today', work: 'computing tiny' });
    const waiting = await runAtlas(['run', experiment, '--out', out], {
      cache: at('cache-held'),
      onceItSays: ['waiting for process 1 on h', (interrupt) => interrupt()],
    });
    expect(waiting.status, waiting.stderr).toBe(130);
  });
});

describe('the command', () => {
  it('ends quietly where its reader has read enough', async () => {
    const child = spawn(process.execPath, [join(projectRoot, 'precompute/atlas.ts'), 'list']);
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((done) => child.on('close', done));
    expect([status, stderr]).toEqual([0, '']);
  });

  it('shows nothing of an artifact that a terminal would act upon', async () => {
    const title = 'a\u001b[2J\u001b]0;b\u0007c\u009b31md\u202ee';
    const file = put('escape.json', { ...tiny, name: 'escape', title });
    const out = at('escaped');
    expect(await run([], { file, out })).toMatchObject({ status: 0 });
    const { status, stdout } = await runAtlas(['inspect', join(out, 'escape')], { cache: out });
    expect(status).toBe(0);
    expect(stdout).toContain('a\\u001b[2J\\u001b]0;b\\u0007c\\u009b31md\\u202ee');
    // eslint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});
