// Code that is wider than a phone scrolls by itself, and so must be within reach of the keyboard.
import type { HastPluginDefinition } from 'satteri';

export function reachableCode(): HastPluginDefinition {
  return {
    name: 'reachable-code',
    element: {
      filter: ['pre'],
      visit: (node, context) => context.setProperty(node, 'tabIndex', 0),
    },
  };
}
