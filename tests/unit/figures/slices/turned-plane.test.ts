// The turned plane: which plane is drawn and said, where the hand of the dial points, and what a phone leaves out.
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { load } from '../../../../src/artifact/load.ts';
import type { StudyDisplay } from '../../../../src/artifact/display.ts';
import { turnedPlane } from '../../../../src/figures/slices/turned-plane.ts';
import {
  turnedPlaneOf,
  type TurnedPlaneView,
} from '../../../../src/figures/slices/turned-plane-data.ts';
import {
  handAngle,
  onDial,
  turnedPlaneBoxes,
  turnUnder,
} from '../../../../src/figures/slices/turned-plane-scene.ts';
import { keptDataFolder } from '../../../../src/site/gallery/kept-data.ts';
import { drawStill } from '../drawing.ts';

let data: StudyDisplay;
beforeAll(async () => {
  const read = async (path: string) => new Uint8Array(await readFile(`${keptDataFolder}/${path}`));
  data = await load('fifty', read, ['turned-planes']);
});
function viewOf(turn: number): TurnedPlaneView {
  const view = turnedPlaneOf(data, { turn });
  if (typeof view === 'string') throw new Error(view);
  return view;
}

describe('the turned plane', () => {
  it('has one loss at the network in the middle, whichever way it is turned', () => {
    const { planes, result } = viewOf(0);
    const size = result.axis.values.length;
    for (let turn = 0; turn < planes; turn++) {
      const middle = viewOf(turn).losses[(size * size - 1) / 2]!;
      expect(Math.abs(middle / result.centreLoss - 1)).toBeLessThan(0.01);
    }
  });

  it('says which plane it is, and names networks where they lie on it', () => {
    const { result, planes } = viewOf(0);
    const named = ['sharpest directions', 'its own walk', 'three solutions'];
    for (const [station, name] of named.entries())
      expect(turnedPlane.describe(data, { turn: station * result.steps })).toContain(name);
    const words = turnedPlane.describe(data, { turn: planes - 1 });
    expect(words).toContain('network 1 lies on it');
    expect(drawStill(turnedPlane, data, { turn: planes - 1 }, 786).texts()).toContain('network 1');
    expect(drawStill(turnedPlane, data, { turn: 0 }, 786).texts()).not.toContain('network 1');
  });

  it('gives a hand for each plane, and the plane under each place of the hand', () => {
    const { dial } = turnedPlaneBoxes(786);
    const { planes } = viewOf(0);
    for (let turn = 0; turn < planes; turn++)
      expect(turnUnder(dial!, onDial(dial!, handAngle(turn, planes), 0.7), planes)).toBe(turn);
    expect(turnUnder(dial!, [dial!.centre[0] - 40, dial!.centre[1] + 10], planes)).toBe(0);
  });

  it('has no dial on a phone, and a table of all planes everywhere', () => {
    expect(drawStill(turnedPlane, data, {}, 358).all('.drag-handle')).toHaveLength(0);
    expect(drawStill(turnedPlane, data, {}, 786).all('.drag-handle')).toHaveLength(1);
    const { rows } = turnedPlane.table!(data, turnedPlane.initial);
    expect(rows).toHaveLength(viewOf(0).planes);
    expect(rows[0]![1]).toBeCloseTo(0, 4);
  });

  it('draws a moment between two planes as the nearest one that was evaluated', () => {
    expect(viewOf(3.4).turn).toBe(3);
    expect(viewOf(99).turn).toBe(viewOf(0).planes - 1);
  });
});
