// How the site is built: MDX with maths, one base path, a content security policy, modules in the worker; then search, cards and what hosts read.
// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import mdx from '@astrojs/mdx';
import { satteri } from '@astrojs/markdown-satteri';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { siteSettings } from './precompute/site/settings.ts';
import { buildStamp } from './precompute/site/stamp-integration.ts';
import { socialCards } from './src/site/cards/social-cards.ts';
import { gallery } from './src/site/integrations/gallery.ts';
import { hostFiles } from './src/site/integrations/host-files.ts';
import { internalLinks } from './src/site/prose/internal-links.ts';
import { maths } from './src/site/prose/maths.ts';
import { noLeftovers } from './src/site/integrations/no-leftovers.ts';
import { thirdPartyNotices } from './src/site/notices/third-party-notices.ts';
import { reachableCode } from './src/site/prose/reachable-code.ts';
import { searchIndex } from './src/site/integrations/search-index.ts';
import { serviceWorker } from './src/site/integrations/service-worker.ts';

/** ATLAS_BASE, for example `/loss-atlas/` on GitHub Pages, and ATLAS_SITE, the origin of canonical links. */
const settings = siteSettings();
const { base } = settings;
const site = settings.site || undefined;

/** The one inline script (it sets the theme before the first paint) is allowed by its hash. */
const bootScript = readFileSync(new URL('./src/layouts/boot.js', import.meta.url), 'utf8');
/** @type {`sha256-${string}`} */
const bootHash = `sha256-${createHash('sha256').update(bootScript).digest('base64')}`;

/** Cross-origin isolation lets WebAssembly use several threads while developing and previewing. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base,
  site,
  output: 'static',
  trailingSlash: 'ignore',
  // The default removes the spaces between inline elements.
  compressHTML: true,
  devToolbar: { enabled: false },
  server: { headers: isolation },
  // A site map holds whole addresses, so it needs the origin.
  integrations: [
    mdx(),
    gallery(base),
    ...(site ? [sitemap()] : []),
    noLeftovers(),
    socialCards(),
    searchIndex(),
    hostFiles(base),
    thirdPartyNotices(),
    serviceWorker(),
    buildStamp(settings),
  ],
  markdown: {
    syntaxHighlight: false,
    processor: satteri({
      features: { math: true },
      mdastPlugins: [maths()],
      hastPlugins: [internalLinks(base), reachableCode()],
    }),
  },
  build: { inlineStylesheets: 'never' },
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'none'",
      ],
      scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"], hashes: [bootHash] },
      styleDirective: { resources: ["'self'"] },
    },
  },
  vite: {
    build: { assetsInlineLimit: 0 },
    worker: { format: 'es' },
    optimizeDeps: { exclude: ['onnxruntime-web'] },
    // What is being built beside `dist` is no source of the pages that one edits.
    server: { watch: { ignored: ['**/.dist.*/**'] } },
  },
});
