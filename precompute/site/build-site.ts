// Builds the site by Astro into a folder that takes the place of the old one when it is whole.
import { join } from 'node:path';
import { projectRoot } from '../paths.ts';
import { replaceSite } from './replace-site.ts';
import { runNode } from './run-node.ts';
import { siteSettings } from './settings.ts';
import { siteSourceHash } from './source-hash.ts';
import { isCurrent } from './stamp.ts';

/** Where the site is built, if nobody says otherwise. */
export const builtFolder = join(projectRoot, 'dist');

export const astro = join(import.meta.dirname, 'astro.ts');

export interface BuildTalk {
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

/** @param options for `astro build`, without the folder. */
export async function buildSite(
  target: string,
  options: readonly string[],
  { signal, say }: BuildTalk,
): Promise<void> {
  await replaceSite(target, { build: byAstro(options, signal), signal, onWait: say });
}

/** Builds `dist` only where it is not what would be built. */
export async function buildSiteIfNeeded({ signal, say }: BuildTalk): Promise<'current' | 'built'> {
  return replaceSite(builtFolder, {
    build: byAstro([], signal),
    // Whoever had the lock before may have built just this.
    isCurrent: async (folder) =>
      isCurrent(folder, { ...siteSettings(), sources: await siteSourceHash() }),
    signal,
    onWait: say,
  });
}

const byAstro =
  (options: readonly string[], signal: AbortSignal) =>
  (folder: string): Promise<void> =>
    runNode(astro, ['build', ...options, '--outDir', folder], 'building the site', signal);
