// Which npm packages are in which built file, as the bundler tells.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX, as the package says. */
  readonly license: string;
  readonly folder: string;
}

type Bundle = Rolldown.OutputBundle;

/** What the bundler itself adds to a bundle has no file. */
const bundlers: readonly (readonly [start: string, name: string])[] = [
  ['\0vite/', 'vite'],
  ['\0rolldown/', 'rolldown'],
];

/** Listens to any number of bundles. */
export class ShippedPackages {
  readonly #byFile = new Map<string, Set<string>>();

  /** A plugin to give to the pages' bundle or to a worker's. */
  plugin(): Plugin {
    return { name: 'shipped-packages', generateBundle: (_options, bundle) => this.#hear(bundle) };
  }

  #hear(bundle: Bundle): void {
    for (const output of Object.values(bundle)) {
      const ids = output.type === 'chunk' ? output.moduleIds : output.originalFileNames;
      const folders = ids.map(packageFolderOf).filter((folder) => folder !== null);
      // Bundles for the build's own use have files of other names, and each worker is heard for itself.
      const heard = this.#byFile.get(output.fileName) ?? new Set();
      this.#byFile.set(output.fileName, new Set([...heard, ...folders]));
    }
  }

  /** Of all files that are in the built folder: what was bundled and thrown away is not shipped. */
  in(folder: string): ShippedPackage[] {
    const shipped = [...this.#byFile]
      .filter(([file]) => existsSync(join(folder, file)))
      .flatMap(([, folders]) => [...folders]);
    return [...new Set(shipped)].map(readPackage);
  }
}

/** The folder of the package that a module is from, by its id in a bundle; null for a module of ours. */
export function packageFolderOf(id: string): string | null {
  const bundler = bundlers.find(([start]) => id.startsWith(start));
  if (bundler) return resolve('node_modules', bundler[1]);
  // A bundler's wrapper around a file is that file.
  const path = id
    .replace(/^\0/, '')
    .replace(/[?#].*$/, '')
    .replaceAll('\\', '/');
  if (!/(^|\/)node_modules\//.test(path)) return null;
  const file = isAbsolute(path) ? path : resolve(path);
  for (let folder = dirname(file); !folder.endsWith('node_modules'); folder = dirname(folder)) {
    // Inner package.json files say how files are to be read, and no name.
    if (nameIn(folder)) return folder;
  }
  throw new Error(`No package.json with a name was found above ${file}, which is in the bundle.`);
}

export function readPackage(folder: string): ShippedPackage {
  const { name, version, license } = readDescription(folder);
  if (!name || !version) throw new Error(`${folder} has no package.json with name and version.`);
  return { name, version, license: license ?? 'not stated', folder };
}

const nameIn = (folder: string): string | undefined => {
  const { name, version } = readDescription(folder);
  return version === undefined ? undefined : name;
};

function readDescription(folder: string): { name?: string; version?: string; license?: string } {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
