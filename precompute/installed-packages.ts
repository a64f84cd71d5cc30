// Which version of a package a file gets, and which packages that one brings along.
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError, systemReason } from './command-error.ts';

interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
  /** Names of what it needs; what is optional differs from one machine to another. */
  readonly dependencies: readonly string[];
}

/** Looks packages up as Node does, each once. */
export class InstalledPackages {
  private readonly found = new Map<string, Promise<InstalledPackage | null>>();

  /**
   * `name@version` of a package as a file in `folder` gets it, and of all that it depends on, sorted.
   *
   * @param where who imports it, for messages
   * @throws CommandError where one of them is not installed.
   */
  async versions(name: string, folder: string, where: string): Promise<string[]> {
    const versions = new Set<string>();
    const seen = new Set<string>();
    const add = async (needed: string, from: string, by: string): Promise<void> => {
      const installed = await this.find(needed, from);
      if (!installed) {
        throw new CommandError(
          `${by} imports the package ${needed}, which is not installed: npm ci installs it`,
        );
      }
      if (seen.has(installed.folder)) return;
      seen.add(installed.folder);
      versions.add(`${needed}@${installed.version}`);
      for (const further of installed.dependencies) await add(further, installed.folder, needed);
    };
    await add(name, folder, where);
    return [...versions].sort();
  }

  /** In the nearest `node_modules` from `folder` upwards. */
  private async find(name: string, folder: string): Promise<InstalledPackage | null> {
    for (let at = folder; ; at = dirname(at)) {
      const installed = await this.at(join(at, 'node_modules', name));
      if (installed || dirname(at) === at) return installed;
    }
  }

  private at(folder: string): Promise<InstalledPackage | null> {
    const known = this.found.get(folder) ?? readPackage(folder);
    this.found.set(folder, known);
    return known;
  }
}

async function readPackage(folder: string): Promise<InstalledPackage | null> {
  const file = join(folder, 'package.json');
  try {
    const { version, dependencies } = JSON.parse(await readFile(file, 'utf8')) as {
      readonly version?: string;
      readonly dependencies?: Readonly<Record<string, string>>;
    };
    return {
      folder: await realpath(folder),
      version: version ?? 'unknown',
      dependencies: Object.keys(dependencies ?? {}),
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new CommandError(
      `the version in ${file} cannot be read (${systemReason(error)}): npm ci installs it anew`,
    );
  }
}
