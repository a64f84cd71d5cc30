// What every page runs: its own small elements at once, the heavy ones when they come near the screen.
import '../elements/atlas-figure.ts';
import '../elements/atlas-offline.ts';
import '../elements/atlas-progress.ts';
import '../elements/atlas-scrolly.ts';
import '../elements/atlas-search.ts';
import '../elements/atlas-show.ts';
import '../elements/atlas-theme.ts';
import '../elements/cite-card.ts';
import '../elements/copy-text.ts';
import '../elements/figure-tools.ts';
import '../elements/linked-picks.ts';
import '../elements/page-menu.ts';
import '../elements/print-drawings.ts';
import '../elements/reachable-scrollers.ts';
import '../elements/reading/record-reading.ts';
import '../elements/reading/show-reading.ts';
import '../elements/term-cards.ts';
import { whenNear } from '../elements/when-near.ts';

const heavy: Readonly<Record<string, () => Promise<unknown>>> = {
  'atlas-fall': () => import('../elements/atlas-fall.ts'),
  'atlas-guess': () => import('../elements/atlas-guess.ts'),
  'atlas-lab': () => import('../laboratory/atlas-lab.ts'),
  'atlas-live-retrain': () => import('../laboratory/retrain/atlas-live-retrain.ts'),
  'atlas-self-test': () => import('../elements/atlas-self-test.ts'),
  'atlas-two-weights': () => import('../elements/atlas-two-weights.ts'),
};

for (const [tag, load] of Object.entries(heavy)) {
  const elements = [...document.querySelectorAll(tag)];
  if (elements.length > 0) whenNear(elements, load);
}
