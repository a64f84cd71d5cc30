// Each chapter's own picture, for the title page, on the paper of either theme.
import type { APIRoute, GetStaticPaths } from 'astro';
import {
  chapterPicture,
  pictureThemes,
  placeOfPicture,
  type PictureTheme,
} from '../../site/chapter-pictures.ts';
import type { FigurePlace } from '../../site/gallery/places.ts';
import { readChapters } from '../../site/readers/chapters.ts';

interface Props {
  place: FigurePlace;
  theme: PictureTheme;
}

export const getStaticPaths = (async () => {
  const chapters = await readChapters();
  return chapters.flatMap((chapter) => {
    const place = placeOfPicture(chapter);
    if (place === null) return [];
    return pictureThemes.map((theme) => ({
      params: { picture: `${chapter.id}-${theme}` },
      props: { place, theme },
    }));
  });
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = async ({ props: { place, theme } }) =>
  new Response(new Uint8Array(await chapterPicture(place, theme)), {
    headers: { 'Content-Type': 'image/webp' },
  });
