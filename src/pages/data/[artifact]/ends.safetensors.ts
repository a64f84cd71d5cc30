// The first and last weights of a run without the snapshots between, for the self-test of a page.
import type { APIRoute, GetStaticPaths } from 'astro';
import { firstAndLastWeights, listRuns } from '../../../site/readers/artifacts.ts';

export const getStaticPaths = (async () =>
  (await listRuns()).map((artifact) => ({ params: { artifact } }))) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) =>
  new Response(await firstAndLastWeights(params['artifact'] ?? ''));
