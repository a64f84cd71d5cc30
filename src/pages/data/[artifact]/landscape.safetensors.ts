// The landscape of a run with its plane, in full and in one file, for pages that train on the same points.
import type { APIRoute, GetStaticPaths } from 'astro';
import { fullLandscape, listRuns } from '../../../site/readers/artifacts.ts';

export const getStaticPaths = (async () =>
  (await listRuns()).map((artifact) => ({ params: { artifact } }))) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) =>
  new Response(await fullLandscape(params['artifact'] ?? ''));
