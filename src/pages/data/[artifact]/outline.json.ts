// What a page reads of an artifact to draw figures: its manifest without files and checksums.
import type { APIRoute, GetStaticPaths } from 'astro';
import { listArtifacts, readOutline } from '../../../site/readers/artifacts.ts';

export const getStaticPaths = (async () =>
  (await listArtifacts()).map((artifact) => ({ params: { artifact } }))) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) =>
  new Response(JSON.stringify(await readOutline(params['artifact'] ?? '')));
