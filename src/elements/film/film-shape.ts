// The shapes of a film, in pixels, and where title, picture and source stand in each.

export const filmShapes = {
  wide: { name: '16:9', width: 1920, height: 1080 },
  square: { name: '1:1', width: 1080, height: 1080 },
  tall: { name: '9:16', width: 1080, height: 1920 },
} as const;

export type FilmShape = keyof typeof filmShapes;

export interface FilmLayout {
  readonly margin: number;
  /** Sizes of type, in pixels. */
  readonly title: number;
  readonly source: number;
  /** The room that is left to the picture. */
  readonly picture: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** Pixels of the film to one CSS pixel of the picture: large enough to read on a phone. */
  readonly scale: number;
}

/** @param titleLines that the title takes. */
export function filmLayout(shape: FilmShape, titleLines: number): FilmLayout {
  const { width, height } = filmShapes[shape];
  const margin = 56;
  const title = 46;
  const source = 22;
  const top = margin + titleLines * title * 1.25 + 24;
  const bottom = height - margin - source * 1.4 - 20;
  return {
    margin,
    title,
    source,
    picture: { left: margin, top, width: width - 2 * margin, height: bottom - top },
    scale: shape === 'wide' ? 1.6 : 1.9,
  };
}
