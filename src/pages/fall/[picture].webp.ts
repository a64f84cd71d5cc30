// The title page's still pictures.
import type { APIRoute, GetStaticPaths } from 'astro';
import { fallPicture, fallPictures, type FallPicture } from '../../site/fall-pictures.ts';

export const getStaticPaths = (() =>
  Object.keys(fallPictures).map((picture) => ({ params: { picture } }))) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) =>
  new Response(
    new Uint8Array(await fallPicture(params['picture'] as FallPicture, 'the title page')),
    { headers: { 'Content-Type': 'image/webp' } },
  );
