// What a page's requests weigh on their way to a reader: text as hosts compress it, fonts and tensors as they are.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { sitePaths } from './site-paths.ts';

const compressed = /\.(html|css|js|mjs|svg|json|txt)$/;

/** The built file that answers a path of the tested site. */
export const fileOf = (pathname: string): string => {
  const path = decodeURIComponent(pathname).slice(sitePaths.base.length);
  return `${sitePaths.folder}/${path === '' || path.endsWith('/') ? `${path}index.html` : path}`;
};

export interface Transfer {
  readonly file: string;
  readonly bytes: number;
}

/** Each file once, the largest first. */
export function transfers(requests: readonly string[]): Transfer[] {
  const files = [...new Set(requests.map((url) => fileOf(new URL(url).pathname)))];
  return files
    .map((file) => {
      const bytes = readFileSync(file);
      return { file, bytes: compressed.test(file) ? gzipSync(bytes).length : bytes.length };
    })
    .sort((a, b) => b.bytes - a.bytes);
}

export const isCode = ({ file }: Transfer): boolean => /\.m?js$/.test(file);

export const weightOf = (list: readonly Transfer[]): number =>
  list.reduce((sum, { bytes }) => sum + bytes, 0);
