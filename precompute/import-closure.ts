// All that a source file depends on when it runs, and one hash of it, so that a change elsewhere leaves it alone.
import { dirname, relative, resolve } from 'node:path';
import { sha256 } from '../src/artifact/checksum.ts';
import { CommandError, systemReason } from './command-error.ts';
import { InstalledPackages } from './installed-packages.ts';
import { moduleImports, type ModuleImports } from './module-imports.ts';
import { projectRoot } from './paths.ts';
import { readBounded } from './read-bounded.ts';

/** Bytes; a larger one is no source. */
const largestSource = 2 ** 24;

interface SourceFile extends ModuleImports {
  /** Absolute. */
  readonly path: string;
  /** SHA-256 of its content. */
  readonly hash: string;
}

/** The closures of one tree of files; each file is read once, and changes made to it later are not noticed. */
export class ImportClosures {
  private readonly root: string;
  private readonly read = new Map<string, Promise<SourceFile>>();
  private readonly hashes = new Map<string, Promise<string>>();
  private readonly packages = new InstalledPackages();

  /** @param root the folder that paths in lists and hashes are relative to */
  constructor(root: string) {
    this.root = root;
  }

  /** @see importClosure */
  async files(file: string): Promise<string[]> {
    return (await this.reached(file)).map(({ path }) => this.where(path));
  }

  /** @see closureHash */
  hash(file: string): Promise<string> {
    const path = resolve(this.root, file);
    const known = this.hashes.get(path) ?? this.computeHash(path);
    this.hashes.set(path, known);
    return known;
  }

  private async computeHash(path: string): Promise<string> {
    const lines: string[] = [];
    const versions = new Set<string>();
    for (const { path: source, hash, packages } of await this.reached(path)) {
      lines.push(`${this.where(source)} ${hash}`);
      for (const name of packages) {
        const found = await this.packages.versions(name, dirname(source), this.where(source));
        for (const version of found) versions.add(version);
      }
    }
    return sha256([...lines, ...[...versions].sort()].join('\n'));
  }

  /** The file itself and all that it imports, by path; circles are walked once. */
  private async reached(file: string): Promise<SourceFile[]> {
    const reached = new Map<string, SourceFile>();
    const waiting = [{ path: resolve(this.root, file), by: null as string | null }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (reached.has(next.path)) continue;
      const source = await this.source(next.path, next.by);
      reached.set(source.path, source);
      for (const path of source.files) waiting.push({ path, by: this.where(source.path) });
    }
    return [...reached.values()].sort((a, b) => (this.where(a.path) < this.where(b.path) ? -1 : 1));
  }

  private source(path: string, by: string | null): Promise<SourceFile> {
    const known = this.read.get(path) ?? this.readSource(path, by);
    this.read.set(path, known);
    return known;
  }

  private async readSource(path: string, by: string | null): Promise<SourceFile> {
    const where = this.where(path);
    const bytes = await readBounded(path, { largest: largestSource }).catch((error: unknown) => {
      const who = by === null ? '' : `, which ${by} imports,`;
      throw new CommandError(
        `${where}${who} cannot be read (${systemReason(error)}): expected a source file`,
      );
    });
    return {
      path,
      hash: await sha256(bytes),
      ...moduleImports(path, bytes.toString('utf8'), where),
    };
  }

  /** 'src/landscape/pca.ts' on every system. */
  private where(path: string): string {
    return relative(this.root, path).replaceAll('\\', '/');
  }
}

const project = new ImportClosures(projectRoot);

/**
 * The project's files that a source file imports when it runs, directly or not, and that file itself: paths from the
 * project's root, sorted. Imports of types alone are left out; a later import counts where its name is written out.
 *
 * @param file absolute, or relative to the project's root
 * @throws CommandError, one sentence, where a file cannot be read or what it imports cannot be known.
 */
export const importClosure = (file: string): Promise<string[]> => project.files(file);

/**
 * SHA-256 over paths and contents of `importClosure(file)`, and over names and installed versions of the packages
 * that those files import and of all that these packages need. Node's own version is not in it.
 *
 * @throws CommandError as `importClosure`, and where a package is not installed.
 */
export const closureHash = (file: string): Promise<string> => project.hash(file);
