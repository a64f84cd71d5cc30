// What a page reads of a study to draw one analysis: the manifest without its other results, files and checksums.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIRoute, GetStaticPaths } from 'astro';
import { manifestFile } from '../../../../artifact/files.ts';
import { outlineFor } from '../../../../artifact/study-outline.ts';
import { studyFolder } from '../../../../artifact/study-files.ts';
import { listStudies, readStudy } from '../../../../components/build/study-files.ts';

export const getStaticPaths = (async () => {
  const studies = await listStudies();
  const paths = studies.map(async (name) => {
    const { results } = await readStudy(name, 'in /data/');
    return Object.keys(results).map((analysis) => ({
      params: { study: studyFolder(name), analysis },
    }));
  });
  return (await Promise.all(paths)).flat();
}) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) => {
  const { study = '', analysis = '' } = params;
  const path = join(process.cwd(), 'public', 'data', study, manifestFile);
  const manifest: unknown = JSON.parse(await readFile(path, 'utf8'));
  return new Response(JSON.stringify(outlineFor(manifest, analysis)));
};
