// What every page runs: its own small elements at once, the heavy ones when they come near the screen.
import './atlas-figure.ts';
import './atlas-offline.ts';
import './atlas-progress.ts';
import './atlas-scrolly.ts';
import './atlas-search.ts';
import './atlas-show.ts';
import './atlas-theme.ts';
import './cite-card.ts';
import './copy-text.ts';
import './figure-tools.ts';
import './figure-words.ts';
import './linked-picks.ts';
import './page-menu.ts';
import './print-drawings.ts';
import './reachable-scrollers.ts';
import './reading/record-reading.ts';
import './reading/show-reading.ts';
import './term-cards.ts';
import { whenNear } from './when-near.ts';

const heavy: Readonly<Record<string, () => Promise<unknown>>> = {
  'atlas-guess': () => import('./atlas-guess.ts'),
  'atlas-lab': () => import('../laboratory/atlas-lab.ts'),
  'atlas-live-retrain': () => import('./atlas-live-retrain.ts'),
  'atlas-self-test': () => import('./atlas-self-test.ts'),
  'atlas-two-weights': () => import('./atlas-two-weights.ts'),
};

for (const [tag, load] of Object.entries(heavy)) {
  const elements = [...document.querySelectorAll(tag)];
  if (elements.length > 0) whenNear(elements, load);
}
