// Every page may be found; the site map is named where the site's address is known.
import { publicAddress } from '../site/addresses.ts';
import type { APIRoute } from 'astro';

export const GET: APIRoute = ({ site }) => {
  const lines = ['User-agent: *', 'Allow: /'];
  if (site) lines.push(`Sitemap: ${publicAddress('/sitemap-index.xml', site)}`);
  return new Response(`${lines.join('\n')}\n`);
};
