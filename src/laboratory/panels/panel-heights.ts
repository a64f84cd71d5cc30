// How tall the picture of each kind of panel stands at a width, known before its code is fetched, so that nothing jumps when it comes.
import { heightFor } from '../../elements/figure-heights.ts';

/** "width:height" pairs, between which heights are interpolated; a test holds them against the figures themselves. */
export const heightPairs: Readonly<Record<string, string>> = {
  'data-boundary': '272:306 479:513 480:374 667:520 1300:520',
  'boundaries-together': '272:306 479:513 480:374 667:520 1300:520',
  'decision-boundaries': '272:290 519:506 520:312 1300:702',
  'loss-curves': '272:280 467:280 733:440 1300:440',
  'outcome-distribution': '272:330 688:330 791:380 1300:380',
  'sharpness-along': '272:370 514:370 694:500 1300:500',
  'landscape-map': '272:372 458:506 459:506 460:414 711:640 1300:640',
  'landscape-whole': '272:372 458:506 459:506 460:414 711:640 1300:640',
  'landscape-surface': '272:330 459:330 861:620 1300:620',
  'slice-map': '272:544 498:693 559:694 560:436 1300:436',
  'slice-surface': '272:330 459:330 861:620 1300:620',
  'slice-line': '272:300 536:300 678:380 1300:380',
  'explained-variance': '272:320 534:320 633:380 1300:380',
  'plane-fidelity': '272:420 459:420 460:480 600:480 750:600 1300:600',
  'projection-distance': '272:308 464:500 1300:500',
  'walk-or-learning': '272:396 472:464 479:467 480:483 481:484 617:530 1300:530',
  'projection-views': '272:659 479:908 480:471 481:471 1300:908',
  'barrier-matrix': '272:400 399:400 400:584 414:598 539:598 540:352 785:490 1300:490',
  'alignment-cloud': '272:452 462:642 539:642 540:367 774:512 1300:512',
  'connecting-curves': '272:330 500:330 666:440 1300:440',
  'function-distances': '272:310 564:310 690:380 1300:380',
  'hessian-spectrum': '272:380 479:380 480:460 1300:460',
  'hessian-measures': '272:322 1300:322',
  'condition-curves': '272:310 500:310 709:440 1300:440',
  'outcomes-by-condition': '272:440 479:440 480:470 1300:470',
};

/** Of a kind of panel by name, in CSS pixels. */
export const panelHeight = (kind: string, width: number): number =>
  heightFor(heightPairs[kind], width);
