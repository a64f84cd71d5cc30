// The fall as plain SVG: what readers see first, without JavaScript and on paper.
import { inkColours, inkOn } from '../kit/filled-contours.ts';
import { networkColour } from '../kit/palette.ts';
import { runs, simplified } from '../surface/line-runs.ts';
import { append, pathData, pixel } from '../surface/svg-elements.ts';
import { fallCamera, type FallStage, type FallTurn } from './fall-camera.ts';
import { fallMoment, type FallMoment } from './fall-clock.ts';
import { drawFallFrame, drawFallGuess } from './fall-frame.ts';
import { lightAt, lift, type FallModel, type FallNetwork, type Vector } from './fall-model.ts';
import type { FallState } from './fall-state.ts';
import { spaceContours } from './still-contours.ts';
import { fallGround, type FallGround } from './still-ground.ts';
import { strengthsOf } from './strengths.ts';

/** Pixels that a drawn line may lie off its true place. */
const slack = 1;
/** What is left of the ground once it is glass. */
const glassTint = 0.2;

interface Drawing {
  readonly svg: Element;
  readonly model: FallModel;
  readonly moment: FallMoment;
  readonly ground: FallGround;
  project(place: Vector): [number, number];
}

export function drawFallStill(
  container: Element,
  model: FallModel,
  { at, selected, guess, words }: FallState,
  stage: FallStage,
  turn: FallTurn,
  label: string,
): SVGElement {
  const moment = fallMoment(at);
  const camera = fallCamera(model, at, moment, turn, stage);
  const { width, height } = stage;
  const svg = append(container, 'svg', {
    class: 'fall-still',
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': label,
  });
  const drawing: Drawing = {
    svg,
    model,
    moment,
    // A title's picture is shown larger than it is drawn.
    ground: fallGround(model, camera, { width, height, fine: words === 'none' ? 1 : 2 }),
    project: (place) => {
      const [x, y] = camera.project(place);
      return [x, y];
    },
  };
  drawNight(svg, stage);
  drawGround(drawing, stage);
  drawContours(drawing);
  const strengths = strengthsOf(model, selected);
  model.networks.forEach((network, index) => drawTrail(drawing, network, strengths[index]!));
  model.networks.forEach((network, index) => drawLight(drawing, network, index, strengths[index]!));
  drawFallFrame(svg, model, moment, camera, stage);
  drawFallGuess(svg, guess, stage);
  return svg;
}

function drawNight(svg: Element, { width, height, room }: FallStage): void {
  const definitions = append(svg, 'defs');
  const night = append(definitions, 'radialGradient', {
    id: 'fall-night',
    gradientUnits: 'userSpaceOnUse',
    cx: room.left + room.width / 2,
    cy: room.top + room.height / 2,
    r: 0.62 * Math.max(width, height),
  });
  append(night, 'stop', { offset: 0, 'stop-color': '#141e2f' });
  append(night, 'stop', { offset: 1, 'stop-color': '#06090f' });
  append(svg, 'rect', { width, height, fill: 'url(#fall-night) #0a0f1a' });
}

function drawGround({ svg, ground, moment: { glass } }: Drawing, { width, height }: FallStage) {
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  const group = append(svg, 'g', { opacity: 1 - (1 - glassTint) * glass });
  append(group, 'image', { href: ground.tints, ...size });
  append(group, 'image', { href: ground.light, preserveAspectRatio: 'none', ...size });
}

/** Solid ground hides the lines behind it. */
function drawContours({ svg, model, moment: { glass }, ground, project }: Drawing): void {
  const group = append(svg, 'g', { class: 'fall-contours', fill: 'none', transform: 'scale(.5)' });
  for (const { points, isIndex, share } of spaceContours(model)) {
    const shown =
      glass > 0
        ? [points]
        : runs(points, ground.visible)
            .filter(({ visible }) => visible)
            .map((run) => run.points);
    const d = shown.map((run) => pathData(simplified(run.map(project), slack), 2)).join('');
    if (d === '') continue;
    append(group, 'path', {
      d,
      stroke: glass > 0 ? '#dcebff' : inkColours[inkOn(share)],
      'stroke-width': isIndex ? 2.2 : 1.4,
      'stroke-opacity': isIndex ? 0.5 : 0.28,
    });
  }
}

/** A trail brightens to its front: pieces of a path, joined end to end, and how strong each is. */
const glow = [0.4, 0.65, 0.85] as const;

function drawTrail({ svg, moment, project }: Drawing, network: FallNetwork, strength: number) {
  const { path } = network;
  const reached = Math.floor(moment.learnt * (path.length - 1));
  const group = append(svg, 'g', {
    fill: 'none',
    stroke: networkColour(network.network),
    'stroke-width': 3,
    'stroke-linecap': 'round',
    transform: 'scale(.5)',
    opacity: strength * (1 - 0.35 * moment.glass),
  });
  if (reached > 0)
    glow.forEach((opacity, k) => {
      const [from, to] = [k, k + 1].map((i) => Math.round((i * reached) / glow.length)) as [
        number,
        number,
      ];
      const points = path
        .slice(from, to + 1)
        .map(({ place: [x, y, z] }) => project([x, y + lift, z]));
      if (points.length > 1)
        append(group, 'path', {
          d: pathData(simplified(points, slack), 2),
          'stroke-opacity': opacity,
        });
    });
}

function drawLight(drawing: Drawing, network: FallNetwork, index: number, strength: number): void {
  const { svg, model, moment, project } = drawing;
  const place = lightAt(model, index, moment);
  const colour = networkColour(network.network);
  const [x, y] = project(place);
  // Places and colours once a light: fifty of them weigh.
  const group = append(svg, 'g', {
    transform: `translate(${pixel(x)} ${pixel(y)})`,
    fill: colour,
    stroke: colour,
    ...(strength < 1 ? { opacity: strength } : {}),
  });
  if (moment.dropped(network.rank) > 0) {
    const [topX, topY] = project(network.path.at(-1)!.place);
    append(group, 'path', {
      d: `M${pixel(topX - x)} ${pixel(topY - y)}L0 0`,
      'stroke-opacity': 0.55,
      'stroke-width': 1.2,
    });
  }
  append(group, 'circle', { r: 8.5, 'fill-opacity': 0.2, stroke: 'none' });
  if (moment.learnt === 0) append(group, 'circle', { r: 2.8, fill: 'none', 'stroke-width': 1.5 });
  else
    append(group, 'circle', { r: 3.4, stroke: '#fff', 'stroke-width': 0.6, 'stroke-opacity': 0.6 });
}
