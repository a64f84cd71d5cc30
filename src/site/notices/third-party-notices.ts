// Writes `third-party-notices.txt` into the built site: every package that a reader receives a part of, with its licence.
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { bundledServiceWorker } from '../integrations/service-worker.ts';
import { licenceTexts } from './licence-text.ts';
import { packageFolderOf, readPackage, ShippedPackages } from './shipped-packages.ts';
import type { ShippedPackage } from './shipped-packages.ts';

export const noticesFile = 'third-party-notices.txt';

/** Its files are written by itself, beside all bundles. */
const search = 'pagefind';

/** Comes before the service worker, which keeps the notices with the pages. */
export function thirdPartyNotices(): AstroIntegration {
  const packages = new ShippedPackages();
  return {
    name: 'third-party-notices',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        const plugins = [packages.plugin()];
        updateConfig({ vite: { plugins, worker: { plugins: () => [packages.plugin()] } } });
      },
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        const { modules } = await bundledServiceWorker();
        const besides = modules.map(packageFolderOf).filter((found) => found !== null);
        besides.push(resolve('node_modules', search));
        const shipped = [...packages.in(folder), ...[...new Set(besides)].map(readPackage)];
        const { text, silent } = writeNotices(shipped);
        await writeFile(join(folder, noticesFile), text);
        logger.info(`${shipped.length} packages, ${Math.round(text.length / 1000)} KB`);
        for (const name of silent) logger.warn(`${name} comes without the text of its licence`);
      },
    },
  };
}

/** The notices, packages of one licence text together; and the packages that have no text. */
export function writeNotices(packages: readonly ShippedPackage[]): {
  text: string;
  silent: string[];
} {
  const byText = new Map<string, Set<string>>();
  const silent: string[] = [];
  for (const shipped of packages) {
    const texts = licenceTexts(shipped);
    if (texts.length === 0) silent.push(shipped.name);
    const title = `${shipped.name} ${shipped.version} (${shipped.license})`;
    const key = texts.join('\n\n') || 'The package comes without the text of its licence.';
    byText.set(key, (byText.get(key) ?? new Set()).add(title));
  }
  const sections = [...byText]
    .map(([text, titles]) => ({ titles: [...titles].sort(), text }))
    .sort((a, b) => ((a.titles[0] ?? '') < (b.titles[0] ?? '') ? -1 : 1))
    .map(({ titles, text }) => `${titles.join('\n')}\n\n${text}`);
  return { text: `${[opening, ...sections].join(`\n\n${rule}\n\n`)}\n`, silent };
}

const opening = `Loss Atlas is under the MIT licence. What your browser receives with it holds parts of the packages below.`;
const rule = '-'.repeat(80);
