// The plain data of one analysis's result, for pages that draw it.
import type { APIRoute, GetStaticPaths } from 'astro';
import { listArtifacts, readResultData, readStudy } from '../../../../site/readers/artifacts.ts';

export const getStaticPaths = (async () => {
  const paths = (await listArtifacts()).map(async (artifact) => {
    const { results } = await readStudy(artifact, 'in /data/');
    return Object.keys(results).map((analysis) => ({ params: { artifact, analysis } }));
  });
  return (await Promise.all(paths)).flat();
}) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) => {
  const { artifact = '', analysis = '' } = params;
  return new Response(JSON.stringify(await readResultData(artifact, analysis)));
};
