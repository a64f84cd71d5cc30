// The size of a social card in pixels, as the sites that show them want it.
export const cardSize = { width: 1200, height: 630 } as const;
