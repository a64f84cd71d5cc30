// An edition of the site, as the service worker knows it: which files are kept at once, which on their first use.

export interface EditionFile {
  /** Below the site's base; a page by its folder: `chapters/12-method/`. */
  readonly path: string;
  /**
   * SHA-256 of the bytes, as browsers write it (`sha256-...`); of a gzipped file also that of the bytes in it, after a
   * space, since some hosts unzip on the way.
   */
  readonly integrity: string;
  readonly bytes: number;
}

export interface Edition {
  /** Changes with any file. */
  readonly version: string;
  /** Fetched together when the edition is installed. */
  readonly kept: readonly EditionFile[];
  /** Kept when a page has fetched them once: the runtime, and whole tensors. */
  readonly onUse: readonly EditionFile[];
}

export type Keeping = 'kept' | 'on use' | 'never';

/** For hosts, robots and other sites, or for who computes on: no page asks for them. */
const forOthers = [
  /^service-worker\.js$/,
  /^(?!_astro\/)_/,
  /(^|\/)\./,
  /^robots\.txt$/,
  /^sitemap/,
  /^cards\//,
  /\.(md|map)$/,
  /^data\/[^/]+\/experiment\.json$/,
  // Pages read the outlines of an artifact.
  /^data\/[^/]+\/(manifest\.json|results\/)/,
  /^pagefind\/wasm\.unknown\./,
];

/** ONNX Runtime, tens of megabytes of which a browser needs a third; and tensors in full. */
const heavy = [/^_astro\/ort[.-]/, /\.wasm$/, /^data\/.*\.safetensors$/];

/** What becomes of a file of the built folder, by its path there. */
export function keepingOf(path: string): Keeping {
  if (forOthers.some((pattern) => pattern.test(path))) return 'never';
  return heavy.some((pattern) => pattern.test(path)) ? 'on use' : 'kept';
}

/** By Vite and by Pagefind. */
export const isNamedByContent = (path: string): boolean =>
  /^(_astro|pagefind\/(fragment|index))\//.test(path);

/** What tells this content of a file from others under its name; null where the name does. */
export const revisionOf = ({ path, integrity }: EditionFile): string | null =>
  isNamedByContent(path) ? null : (integrity.split(' ')[0] ?? null);

/** Some hosts rewrite those, and no other files. */
export const isPage = ({ path }: EditionFile): boolean => /(^|\/|\.html)$/.test(path);

/** The address below the base, as pages link to it. */
export const addressOf = (path: string): string => path.replace(/(^|\/)index\.html$/, '$1');

export const bytesOf = (files: readonly EditionFile[]): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0);

/** The build of ONNX Runtime that trains on WebAssembly, which every browser has. */
export const isWebAssemblyRuntime = ({ path }: EditionFile): boolean =>
  /^_astro\/ort(\.wasm\.|-wasm-simd-threaded-)/.test(path);
