// Gives links written in Markdown from the site's root (`/chapters/...`) the base path that the site is served under.
import type { HastPluginDefinition } from 'satteri';

export function internalLinks(base: string): HastPluginDefinition {
  const prefix = base.replace(/\/+$/, '');
  return {
    name: 'internal-links',
    element: {
      filter: ['a'],
      visit(node, context) {
        const href = node.properties?.['href'];
        if (prefix && typeof href === 'string' && href.startsWith('/') && !href.startsWith('//')) {
          context.setProperty(node, 'href', prefix + href);
        }
      },
    },
  };
}
