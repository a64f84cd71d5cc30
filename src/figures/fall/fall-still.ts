// The fall as plain SVG: what readers see first, without JavaScript and on paper.
import { networkColour } from '../kit/palette.ts';
import { append, pixel } from '../surface/svg-elements.ts';
import { fallCamera, type FallStage, type FallTurn } from './fall-camera.ts';
import { fallMoment } from './fall-clock.ts';
import { drawFallFrame } from './fall-frame.ts';
import { lightAt, type FallModel, type FallNetwork, type Vector } from './fall-model.ts';
import type { FallState } from './fall-state.ts';

export function drawFallStill(
  container: Element,
  model: FallModel,
  { at }: FallState,
  stage: FallStage,
  turn: FallTurn,
): SVGElement {
  const moment = fallMoment(at);
  const camera = fallCamera(model, at, moment, turn, stage);
  const { width, height } = stage;
  const svg = append(container, 'svg', {
    class: 'fall-still',
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
  });
  append(svg, 'rect', { width, height, fill: '#0a0f1a' });
  const project = (place: Vector): [number, number] => {
    const [x, y] = camera.project(place);
    return [x, y];
  };
  model.networks.forEach((network, index) =>
    drawNetwork(svg, network, project, lightAt(model, index, moment)),
  );
  drawFallFrame(svg, model, moment, camera, stage);
  return svg;
}

function drawNetwork(
  svg: Element,
  network: FallNetwork,
  project: (place: Vector) => [number, number],
  light: Vector,
): void {
  const colour = networkColour(network.network);
  const [x, y] = project(light);
  append(svg, 'circle', { cx: pixel(x), cy: pixel(y), r: 3, fill: colour });
}
