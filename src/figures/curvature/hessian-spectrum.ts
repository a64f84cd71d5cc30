// The spectrum of a Hessian: nearly all directions are flat, a few are steep, some bend down.
import { defineFigure, type Layer } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { drawKeys } from '../kit/legend.ts';
import type { Group, Picking } from '../kit/stage.ts';
import { drawSpectrum } from './hessian-density.ts';
import { hessianSpectrumOf, hessianSpectrumState, outermost } from './hessian-spectrum-data.ts';
import {
  downColour,
  placeSpectrum,
  upColour,
  type SpectrumScene,
} from './hessian-spectrum-scene.ts';
import { controlsOfSpectrum, describeSpectrum, tableOfSpectrum } from './hessian-spectrum-words.ts';
import { drawMean, drawPickedRow, drawStrip } from './hessian-strip.ts';

function drawSignKeys(group: Group, { strip, width, isNarrow }: SpectrumScene): void {
  drawKeys(group, {
    x: 8,
    y: strip.bottom + 60,
    width: width - 16,
    keys: [
      {
        mark: 'square',
        colour: downColour,
        text: isNarrow ? 'bends down' : 'the loss bends down (negative)',
      },
      { mark: 'square', colour: upColour, text: isNarrow ? 'bends up' : 'bends up (positive)' },
      { mark: 'dot', text: 'one network' },
    ],
  });
}

const layers: readonly Layer<SpectrumScene>[] = [
  { name: 'spectrum', inputs: ({ ground }) => ground, draw: drawSpectrum },
  { name: 'strip', inputs: ({ ground, picked }) => [...ground, picked >= 0], draw: drawStrip },
  { name: 'mean', inputs: ({ ground }) => ground, draw: drawMean },
  { name: 'selected', inputs: ({ ground, picked }) => [...ground, picked], draw: drawPickedRow },
  { name: 'keys', inputs: ({ ground }) => ground, draw: drawSignKeys },
];

function pickRows({ networks, curvature, strip, selected }: SpectrumScene): Picking {
  return {
    count: Math.max(...networks) + 1,
    columns: 1,
    selected,
    nearest: (px, py) => {
      if (px < strip.left || px > strip.right || py < strip.top || py > strip.bottom) return null;
      const index = Math.floor(((py - strip.top) / (strip.bottom - strip.top)) * networks.length);
      return networks[Math.min(networks.length - 1, index)] ?? null;
    },
    say: (network) => {
      const index = networks.indexOf(network);
      if (index < 0) return `network ${network}: not measured`;
      const { top, bottom } = outermost(curvature, index);
      const smallest = bottom.length > 0 ? `, smallest ${formatNumber(bottom[0]!)}` : '';
      return `network ${network}: largest eigenvalues ${top.map(formatNumber).join(', ')}${smallest}`;
    },
  };
}

export const hessianSpectrum = defineFigure({
  name: 'hessian-spectrum',
  state: hessianSpectrumState,
  height: (width) => (width < 480 ? 380 : 460),
  view: hessianSpectrumOf,
  scene: placeSpectrum,
  layers,
  picking: pickRows,
  describe: describeSpectrum,
  table: tableOfSpectrum,
  controls: controlsOfSpectrum,
});
