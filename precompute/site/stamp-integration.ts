// Stamps every build of the site, whoever starts it: the old stamp goes before a file is written, the new one comes last of all.
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { optionsOfAstro, splitOutDir } from './astro-options.ts';
import type { SiteSettings } from './settings.ts';
import { siteSourceHash } from './source-hash.ts';
import { removeStamp, writeStamp } from './stamp.ts';

/** Comes last: the stamp lists what the others have written. */
export function buildStamp(settings: SiteSettings): AstroIntegration {
  let folder: URL | null = null;
  let sources = '';
  return {
    name: 'build-stamp',
    hooks: {
      'astro:config:done': ({ config }) => {
        folder = config.outDir;
      },
      'astro:build:start': async () => {
        if (folder) await removeStamp(fileURLToPath(folder));
        // Before anything is read: what changes meanwhile makes the build an old one.
        sources = await siteSourceHash();
      },
      'astro:build:done': async ({ dir }) => {
        const options = splitOutDir(optionsOfAstro(process.argv)).rest;
        await writeStamp(fileURLToPath(dir), { ...settings, options, sources });
      },
    },
  };
}
