// What a device shows where a reader keeps the atlas on the home screen.
import { withBase } from '../elements/with-base.ts';

const icon = (size: number) => ({
  src: withBase(`/icon-${size}.png`),
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose: 'any maskable',
});

export const GET = () =>
  Response.json({
    name: 'Loss Atlas: fifty networks, one landscape',
    short_name: 'Loss Atlas',
    start_url: withBase('/'),
    scope: withBase('/'),
    display: 'browser',
    background_color: '#fcfbf8',
    theme_color: '#fcfbf8',
    icons: [icon(192), icon(512)],
  });
