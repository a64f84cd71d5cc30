// How tall each figure stands at a width, known before its code is fetched, so that nothing jumps when it comes.
import { roomFor } from '../../room.ts';

/** "width:height" pairs, between which heights are interpolated; a test holds them against the figures themselves. */
export const rooms: Readonly<Record<string, string>> = {
  'data-boundary': '280:314 479:513 480:374 640:499 700:520 1200:520',
  'boundaries-together': '280:314 479:513 480:374 640:499 700:520 1200:520',
  'decision-boundaries': '280:297 519:506 520:312 1200:652',
  'loss-curves': '280:280 460:280 700:420 800:440 1200:440',
  'outcome-distribution': '280:330 640:330 700:336 800:380 1200:380',
  'sharpness-along': '280:370 500:370 520:374 640:461 700:500 1200:500',
  'landscape-map': '280:378 459:506 460:414 700:630 800:640 1200:640',
  'landscape-surface': '280:330 460:331 800:576 900:620 1200:620',
  'slice-map': '280:549 500:694 559:694 560:436 1200:436',
  'slice-surface': '280:330 460:331 800:576 900:620 1200:620',
  'slice-line': '280:300 540:302 640:358 700:380 1200:380',
  'explained-variance': '280:320 520:320 540:324 600:360 640:380 1200:380',
  'plane-fidelity': '280:420 459:420 460:480 600:480 700:560 800:600 1200:600',
  'projection-distance': '280:316 460:496 1200:500',
  'walk-or-learning': '280:399 479:467 480:483 600:524 640:530 1200:530',
  'projection-views': '280:669 479:908 480:471 1200:855',
  'barrier-matrix': '280:400 360:400 400:584 460:598 520:598 540:352 700:442 800:490 1200:490',
  'alignment-cloud': '280:460 460:640 520:642 540:367 700:466 800:512 1200:512',
  'connecting-curves': '280:330 500:330 640:422 700:440 1200:440',
  'function-distances': '280:310 560:310 700:380 1200:380',
  'hessian-spectrum': '280:380 479:380 480:460 1200:460',
  'hessian-measures': '280:322 1200:322',
  'condition-curves': '280:310 500:310 700:434 800:440 1200:440',
  'outcomes-by-condition': '280:440 479:440 480:470 1200:470',
};

/** Of a figure by name, in CSS pixels. */
export const roomOf = (figure: string, width: number): number => roomFor(rooms[figure], width);
