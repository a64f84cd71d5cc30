// What a page reads of a study to draw one analysis: its result, and the manifest without files and checksums.
import type { APIRoute, GetStaticPaths } from 'astro';
import { studyFolder } from '../../../../artifact/study-files.ts';
import { listStudies, readOutline, readStudy } from '../../../../site/readers/study-files.ts';

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
  const name = study.slice(0, -studyFolder('').length);
  return new Response(JSON.stringify(await readOutline(name, analysis)));
};
