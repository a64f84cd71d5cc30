// The built folder on a host that obeys `_headers` and sends 404.html: isolated, cached rightly, strict, and whole at any depth.
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { largestFile } from '../../src/site/integrations/host-files.ts';
import { builtPages, chapterPath, openSite, until, type Site } from './site.ts';
import { sitePaths } from './site-paths.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite({ asHost: true });
});
afterAll(() => site.close());

const get = (path: string) => fetch(site.server.url + path);
const files = (pattern: string) => globSync(pattern, { cwd: sitePaths.folder }).sort();

it('a page is cross-origin isolated, complains of nothing, and its search works', async () => {
  const visit = await site.visit(chapterPath('fifty-starts'));
  expect(await visit.page.evaluate(() => crossOriginIsolated)).toBe(true);
  await visit.page.keyboard.press('/');
  await visit.page.locator('.search-field').fill('network');
  await until(async () => (await visit.page.locator('.search-option').count()) > 0, true);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

describe('headers', () => {
  it('let hashed files be kept for ever, and nothing else', async () => {
    const hashed = files('_astro/*').concat(files('pagefind/{fragment,index}/*'));
    expect(hashed.length).toBeGreaterThan(10);
    for (const file of [hashed[0]!, hashed.at(-1)!, files('_astro/*.css')[0]!]) {
      const { headers } = await get(file);
      expect(headers.get('cache-control'), file).toBe('public, max-age=31536000, immutable');
    }
    for (const path of ['', chapterPath('method'), 'references/', 'data/fifty/manifest.json']) {
      const { headers } = await get(path);
      expect(headers.get('cache-control'), path).toBe('public, max-age=0, must-revalidate');
    }
  });

  it('forbid what a page needs not do, on every page', async () => {
    for (const path of builtPages()) {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('content-security-policy')).toBe("frame-ancestors 'self'");
    }
  });
});

describe('the pages’ own content security policy', () => {
  const policyOf = (path: string) => {
    const html = readFileSync(
      `${sitePaths.folder}/${path.endsWith('.html') ? path : `${path}index.html`}`,
      'utf8',
    );
    const content = /<meta http-equiv="content-security-policy" content="([^"]+)"/i.exec(html)?.[1];
    const unescaped = (content ?? '').replaceAll('&#39;', "'");
    return {
      html,
      directives: new Map(
        unescaped
          .split(';')
          .map((directive) => directive.trim().split(/\s+/))
          .map(([name, ...sources]) => [name, sources] as const),
      ),
    };
  };

  it.each(builtPages())(
    'of /%s allows its own origin, and inline what it names by hash',
    (path) => {
      const { html, directives } = policyOf(path);
      expect(directives.get('default-src')).toEqual(["'self'"]);
      expect(directives.get('object-src')).toEqual(["'none'"]);
      for (const name of ['script-src', 'style-src']) {
        const sources = directives.get(name) ?? [];
        expect(sources).toContain("'self'");
        for (const source of sources) {
          expect(source).toMatch(/^('self'|'wasm-unsafe-eval'|'sha(256|384|512)-[\w+/=]+')$/);
        }
      }
      // What is no script to a browser is data, such as JSON-LD.
      const inline = [
        ...html.matchAll(/<script(?![^>]*\s(?:src|type="application)\b)[^>]*>([^]*?)<\/script>/g),
      ];
      for (const [, code] of inline) {
        const hash = createHash('sha256').update(code!).digest('base64');
        expect(directives.get('script-src')).toContain(`'sha256-${hash}'`);
      }
      // The theme, before the first paint.
      expect(inline).toHaveLength(1);
      expect(html).not.toMatch(/\sstyle="/);
      expect(html).not.toMatch(/\son[a-z]+="/);
      expect(html).not.toMatch(/<style[\s>]/);
    },
  );

  it('refuses a script and a style that someone slips in', async () => {
    const visit = await site.visit('references/');
    const ran = await visit.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.slipped = true';
      document.body.append(script);
      const style = document.createElement('style');
      style.textContent = 'body { opacity: 0.5 }';
      document.head.append(style);
      return {
        script: 'slipped' in window,
        opacity: getComputedStyle(document.body).opacity,
      };
    });
    expect(ran).toEqual({ script: false, opacity: '1' });
    await visit.close();
  });
});

describe('an address without a page', () => {
  it.each(['nowhere', 'nowhere/at/all/', 'chapters/99-none/'])(
    '/%s shows the way: contents, search, whole and styled',
    async (path) => {
      expect((await get(path)).status).toBe(404);
      const visit = await site.visit(path);
      const { page } = visit;
      expect(await page.locator('h1').innerText()).toBe('Off the map');
      expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px');
      await page.getByRole('button', { name: 'Search the text' }).click();
      await page.getByRole('combobox').fill('loss');
      await until(async () => (await page.getByRole('option').count()) > 0, true);
      await page.keyboard.press('Escape');
      const chapters = page.locator('.lost-chapters a');
      expect(await chapters.count()).toBe(
        builtPages().filter((name) => name.startsWith('chapters/')).length,
      );
      await chapters.first().click();
      await until(async () => page.url().includes('/chapters/'), true);
      expect(visit.problems.filter((problem) => !problem.includes('404'))).toEqual([]);
      await visit.close();
    },
  );
});

it.each(['%', '%E0%A4%A', '..%2f..%2fetc/passwd'])(
  'the malformed address /%s is refused, with nothing of the machine in the answer',
  async (path) => {
    const answer = await get(path);
    expect([answer.status, await answer.text()]).toEqual([400, 'This address is malformed.']);
  },
);

it('no file is larger than the smallest host takes', () => {
  const large = files('**/*')
    .map((file) => ({ file, size: statSync(`${sitePaths.folder}/${file}`).size }))
    .filter(({ size }) => size > largestFile);
  expect(large).toEqual([]);
});

it('icons and manifest are what they say', async () => {
  const manifest = (await (await get('manifest.webmanifest')).json()) as {
    start_url: string;
    icons: { src: string }[];
  };
  expect(manifest.start_url).toBe(sitePaths.base);
  for (const { src } of manifest.icons) {
    expect((await get(src.slice(sitePaths.base.length))).status, src).toBe(200);
  }
  const ico = new Uint8Array(await (await get('favicon.ico')).arrayBuffer());
  expect([...ico.slice(0, 6)]).toEqual([0, 0, 1, 0, 1, 0]);
  // The picture inside is a PNG.
  expect([...ico.slice(22, 26)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
});

describe('the GitHub Pages workflow', () => {
  interface Step {
    id?: string;
    uses?: string;
    run?: string;
    env?: Record<string, string>;
    with?: Record<string, string>;
  }
  const workflow = parse(readFileSync('.github/workflows/pages.yml', 'utf8')) as {
    permissions: Record<string, string>;
    jobs: Record<string, { steps: Step[]; environment?: { name: string } }>;
  };
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it('runs the commands that package.json has, in the README’s order', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const commands = steps.flatMap(({ run }) => (run ?? '').split('\n')).filter(Boolean);
    expect(commands).toEqual(['npm ci', 'npm run precompute', 'npm run build']);
    for (const command of commands.slice(1)) {
      expect(scripts).toHaveProperty(command.replace('npm run ', ''));
    }
  });

  it('builds for the address that Pages gives, and may publish it', () => {
    const build = steps.find(({ run }) => run === 'npm run build')!;
    const pages = steps.find(({ uses }) => uses?.startsWith('actions/configure-pages@'))!;
    expect(build.env).toEqual({
      ATLAS_BASE: `\${{ steps.${pages.id}.outputs.base_path }}/`,
      ATLAS_SITE: `\${{ steps.${pages.id}.outputs.origin }}`,
    });
    expect(workflow.permissions).toMatchObject({ pages: 'write', 'id-token': 'write' });
    expect(
      steps.find(({ uses }) => uses?.startsWith('actions/upload-pages-artifact@'))!.with,
    ).toEqual({
      path: 'dist',
    });
    expect(steps.at(-1)!.uses).toMatch(/^actions\/deploy-pages@/);
  });
});
