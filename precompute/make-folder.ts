// Makes a folder with those above it. Node's own recursive `mkdir` never returns where the system denies that a parent exists which it has just seen, as /proc does.
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** @throws the system's error for the first folder that cannot be made. */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let at = path; !(await isThere(at)); at = dirname(at)) {
    missing.unshift(at);
    if (dirname(at) === at) break;
  }
  for (const folder of missing) {
    try {
      await mkdir(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Another process may have made it meanwhile.
      if (code === 'EEXIST') continue;
      // Its parent does exist.
      if (code === 'ENOENT') {
        throw new Error(`the system makes no folders in ${dirname(folder)}`, { cause: error });
      }
      throw error;
    }
  }
  if (!(await stat(path)).isDirectory()) {
    throw Object.assign(new Error(`${path} is no folder`), { code: 'ENOTDIR' });
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
