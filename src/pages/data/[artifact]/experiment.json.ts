// The experiment behind a run, complete, as a file that `atlas run` takes.
import type { APIRoute, GetStaticPaths } from 'astro';
import { listRuns, readRun } from '../../../site/readers/artifacts.ts';

export const getStaticPaths = (async () =>
  (await listRuns()).map((artifact) => ({ params: { artifact } }))) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) => {
  const { experiment } = await readRun(params['artifact'] ?? '', 'in /data/');
  return new Response(`${JSON.stringify(experiment, null, 2)}\n`);
};
