// The live view: three's canvas between the frame's back walls and its labels, turned by the reader.
import { captureEvent, pickEvent, type FigureEnvironment, type PickDetail } from '../kit/figure.ts';
import { cameraFor, type Camera, type View } from './surface-camera.ts';
import { viewpointOf } from './viewpoint.ts';
import { drawAxes, drawBackWalls, grid, ink, muted } from './surface-frame.ts';
import { drawLegend } from './surface-legend.ts';
import { createLiveScene } from './live-scene.ts';
import { attachOrbit } from './orbit-control.ts';
import { nearestNetwork } from './surface-picking.ts';
import { layoutFor, type Layout, type SurfaceScene } from './surface-scene.ts';
import { append } from './svg-elements.ts';

export interface LiveContent {
  readonly scene: SurfaceScene;
  readonly selected: number | null;
  readonly label: string;
  /** The view that it returns to. */
  readonly home: View;
  /** Where the state says that the reader stands. */
  readonly view: View;
}

export interface LiveEvents {
  /** The browser has taken the graphics context back. */
  lost(): void;
  /** The reader has turned it and come to rest: where from, as text (see eye.ts). */
  turned(eye: string | null): void;
}

export interface LiveView {
  readonly root: HTMLElement;
  update(content: LiveContent): void;
  resize(environment: FigureEnvironment): void;
  destroy(): void;
}

const resetMilliseconds = 350;
const restMilliseconds = 250;

const fill = (element: HTMLElement | SVGElement, top = 0): void => {
  Object.assign(element.style, { position: 'absolute', left: '0', top: `${top}px` });
};

/** Puts a live view into an empty container. Throws where the browser gives no WebGL context. */
export function openLiveView(
  container: HTMLElement,
  first: LiveContent,
  firstEnvironment: FigureEnvironment,
  events: LiveEvents,
): LiveView {
  const { ownerDocument: document } = container;
  let content = first;
  let environment = firstEnvironment;
  const { home } = first;
  let view: View = first.view;
  let layout: Layout;
  let frame = 0;
  let motion = 0;
  let resting = 0;

  const stage = document.createElement('div');
  stage.className = 'surface-live';
  stage.style.position = 'relative';
  const back = append(stage, 'svg', { 'aria-hidden': 'true' });
  const canvas = document.createElement('canvas');
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-roledescription', 'surface that can be turned');
  canvas.style.cursor = 'grab';
  stage.append(canvas);
  const front = append(stage, 'svg', {
    'aria-hidden': 'true',
    'font-family': 'var(--font-ui, system-ui, sans-serif)',
  });
  front.style.pointerEvents = 'none';
  const legend = append(front, 'g');
  const axes = append(front, 'g');
  const tools = document.createElement('div');
  tools.className = 'surface-tools';
  Object.assign(tools.style, {
    position: 'absolute',
    right: '0',
    font: '12px var(--font-ui, system-ui, sans-serif)',
    color: muted,
  });
  const reset = document.createElement('button');
  reset.type = 'button';
  reset.textContent = 'Reset view';
  reset.hidden = viewpointOf(view, home) === null;
  Object.assign(reset.style, {
    font: 'inherit',
    padding: '4px 10px',
    color: ink,
    background: 'var(--surface-2, #f4f1ea)',
    border: `1px solid ${grid}`,
    borderRadius: 'var(--radius, 6px)',
    cursor: 'pointer',
  });
  const hint = document.createElement('span');
  hint.textContent = 'Drag to turn · 2 for the map';
  tools.append(reset, hint);
  stage.append(tools);

  const live = createLiveScene(canvas);
  container.append(stage);
  const stops = new AbortController();

  const cameraNow = (): Camera =>
    cameraFor(content.scene.model, view, layout.viewport, layout.padding);

  const drawNow = (): void => {
    cancelAnimationFrame(frame);
    frame = 0;
    const camera = cameraNow();
    const { data, model, scale } = content.scene;
    back.replaceChildren();
    axes.replaceChildren();
    drawBackWalls(back, model, scale, view, camera);
    drawAxes(axes, data, model, scale, view, camera, layout);
    live.render(camera, view, layout);
  };
  /** Draws once, at the next frame, however often it is asked to. */
  const draw = (): void => {
    frame ||= requestAnimationFrame(drawNow);
  };

  const arrange = (): void => {
    layout = layoutFor(content.scene, environment.width, environment.height);
    const { width, height, viewport } = layout;
    Object.assign(stage.style, { width: `${width}px`, height: `${height}px` });
    for (const svg of [back, front]) {
      svg.setAttribute('width', String(width));
      svg.setAttribute('height', String(height));
      fill(svg);
    }
    fill(canvas, viewport.top);
    tools.style.top = `${viewport.top + 2}px`;
    Object.assign(canvas.style, { width: `${viewport.width}px`, height: `${viewport.height}px` });
    legend.replaceChildren();
    drawLegend(legend, content.scene.data, content.scene.scale, layout.legend, width);
    canvas.setAttribute(
      'aria-label',
      `${content.label} Arrow keys turn it, plus and minus zoom, 0 resets, 2 shows the map, comma and full stop choose a network.`,
    );
  };

  const repaint = (): void => {
    live.setPaths(content.scene, content.selected, layout.compact);
    draw();
  };

  const move = (next: View): void => {
    view = next;
    reset.hidden = viewpointOf(next, home) === null;
    hint.hidden = true;
    draw();
  };

  const goTo = (target: View): void => {
    cancelAnimationFrame(motion);
    if (environment.reducedMotion) return move(target);
    const from = view;
    // The short way round.
    const turn = Math.PI * 2;
    const behind = from.azimuth - target.azimuth;
    const azimuth = target.azimuth + behind - turn * Math.round(behind / turn);
    const start = performance.now();
    const step = (now: number): void => {
      const t = Math.min((now - start) / resetMilliseconds, 1);
      if (t >= 1) return move(target);
      const rest = (1 - t) ** 3;
      move({
        azimuth: target.azimuth + rest * (azimuth - target.azimuth),
        elevation: target.elevation + rest * (from.elevation - target.elevation),
        zoom: target.zoom + rest * (from.zoom - target.zoom),
      });
      motion = requestAnimationFrame(step);
    };
    motion = requestAnimationFrame(step);
  };

  /** Says where the reader stands, once they have come to rest. */
  const sayTurned = (): void => {
    clearTimeout(resting);
    resting = window.setTimeout(() => events.turned(viewpointOf(view, home)), restMilliseconds);
  };

  const returnHome = (): void => {
    clearTimeout(resting);
    goTo(home);
    events.turned(null);
  };

  const pick = (network: number | null): void => {
    const detail: PickDetail = { network };
    container.dispatchEvent(new CustomEvent(pickEvent, { detail, bubbles: true }));
  };

  const stopOrbit = attachOrbit(canvas, {
    view: () => view,
    moved(next) {
      cancelAnimationFrame(motion);
      move(next);
      sayTurned();
    },
    returned: returnHome,
    picked: (x, y) => pick(nearestNetwork(content.scene, cameraNow(), x, y + layout.viewport.top)),
    stepped(by) {
      const networks = content.scene.data.paths.map((path) => path.network);
      if (networks.length === 0) return;
      const at = content.selected === null ? -1 : networks.indexOf(content.selected);
      const next = at < 0 && by < 0 ? networks.length - 1 : at + by;
      pick(networks[(next + networks.length) % networks.length] as number);
    },
  });
  reset.addEventListener(
    'click',
    () => {
      returnHome();
      // The button is about to go; the reader's focus must not go with it.
      canvas.focus({ preventScroll: true });
    },
    { signal: stops.signal },
  );
  canvas.addEventListener(
    'webglcontextlost',
    (event) => {
      event.preventDefault();
      events.lost();
    },
    { signal: stops.signal },
  );
  canvas.addEventListener(captureEvent, drawNow, { signal: stops.signal });
  // The canvas cannot inherit colours: it is painted again when the page's theme changes.
  const recolour = (): void => {
    live.forgetColours();
    repaint();
  };
  const theme = new MutationObserver(recolour);
  theme.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'class'],
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour, {
    signal: stops.signal,
  });

  arrange();
  live.setSurface(content.scene);
  repaint();

  return {
    root: stage,
    update(next) {
      const [before, after] = [viewpointOf(content.view, home), viewpointOf(next.view, home)];
      if (before !== after && after !== viewpointOf(view, home)) goTo(next.view);
      const surfaceChanged = next.scene.model !== content.scene.model;
      const labelsChanged = surfaceChanged || next.label !== content.label;
      content = next;
      if (labelsChanged) arrange();
      if (surfaceChanged) live.setSurface(content.scene);
      repaint();
    },
    resize(next) {
      environment = next;
      arrange();
      recolour();
    },
    destroy() {
      cancelAnimationFrame(frame);
      cancelAnimationFrame(motion);
      clearTimeout(resting);
      theme.disconnect();
      stops.abort();
      stopOrbit();
      live.destroy();
      stage.remove();
    },
  };
}
