// Where the page's worker gets the texts of data sets from: the site's own files, or the reader's.
import { unzipped } from '../artifact/gzip.ts';
import type { DataSources } from '../learning/prepare-data.ts';

/** @param base the site's base path, ending in a slash. @param csv the reader's file. */
export function pageDataSources(base: string, csv: string | null): DataSources {
  return {
    digits: () => fetchUnzipped(`${base}datasets/digits.csv.gz`),
    async csv(path) {
      if (csv === null)
        throw new Error(`The file ${path} was not given to the page; choose it again.`);
      return csv;
    },
  };
}

async function fetchUnzipped(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok || !response.body) {
    throw new Error(`The file ${address} could not be loaded (status ${response.status}).`);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  return new TextDecoder().decode(await unzipped(bytes, { where: address }));
}
