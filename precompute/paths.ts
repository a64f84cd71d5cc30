// Where things lie in the project.
import { join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '..');
export const experimentsFolder = join(import.meta.dirname, 'experiments');
export const datasetsFolder = join(projectRoot, 'public', 'datasets');
/** Where the site looks for artifacts. */
export const artifactsFolder = join(projectRoot, 'public', 'data');
/** Whether the cache is the project's own place, and not one that the user names. */
export const isOwnCache = !process.env['ATLAS_CACHE'];
/** Finished stages of unfinished runs, and trained networks. */
export const cacheFolder = process.env['ATLAS_CACHE']
  ? resolve(process.env['ATLAS_CACHE'])
  : join(projectRoot, '.cache', 'atlas');
