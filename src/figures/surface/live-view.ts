// The live view: three's canvas between the frame's back walls and its labels, turned by the reader.
import { pickEvent, type FigureEnvironment, type PickDetail } from '../figure.ts';
import { cameraFor, type Camera, type View } from './camera.ts';
import { drawAxes, drawBackWalls, grid, ink, muted } from './frame.ts';
import { drawLegend } from './legend.ts';
import { createLiveScene } from './live-scene.ts';
import { attachOrbit } from './orbit.ts';
import { nearestNetwork } from './pick.ts';
import { layoutFor, type Layout, type SurfaceScene } from './scene.ts';
import { append } from './svg.ts';

export interface LiveContent {
  readonly scene: SurfaceScene;
  readonly selected: number | null;
  readonly label: string;
  /** The view it opens with, and returns to. */
  readonly home: View;
}

export interface LiveView {
  update(content: LiveContent): void;
  resize(environment: FigureEnvironment): void;
  destroy(): void;
}

const resetMilliseconds = 350;

const fill = (element: HTMLElement | SVGElement, top = 0): void => {
  Object.assign(element.style, { position: 'absolute', left: '0', top: `${top}px` });
};

/**
 * Puts a live view into an empty container. Throws where the browser gives no WebGL context;
 * `lost` is called when it takes the context back later.
 */
export function openLiveView(
  container: HTMLElement,
  first: LiveContent,
  firstEnvironment: FigureEnvironment,
  lost: () => void,
): LiveView {
  const { ownerDocument: document } = container;
  let content = first;
  let environment = firstEnvironment;
  const { home } = first;
  let view: View = home;
  let layout: Layout;
  let frame = 0;
  let motion = 0;

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
  reset.hidden = true;
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
  hint.textContent = 'Drag to turn';
  tools.append(reset, hint);
  stage.append(tools);

  const live = createLiveScene(canvas);
  container.append(stage);
  const stops = new AbortController();

  const cameraNow = (): Camera =>
    cameraFor(content.scene.model, view, layout.viewport, layout.padding);

  /** Draws once, at the next frame, however often it is asked to. */
  const draw = (): void => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      const camera = cameraNow();
      const { data, model, scale } = content.scene;
      back.replaceChildren();
      axes.replaceChildren();
      drawBackWalls(back, model, scale, view, camera);
      drawAxes(axes, data, model, scale, view, camera, layout);
      live.render(camera, view, layout);
    });
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
      `${content.label} Arrow keys turn it, plus and minus zoom, 0 resets, comma and full stop choose a network.`,
    );
  };

  const repaint = (): void => {
    live.setPaths(content.scene, content.selected, layout.compact);
    draw();
  };

  const move = (next: View): void => {
    view = next;
    reset.hidden = next === home;
    hint.hidden = true;
    draw();
  };

  const returnHome = (): void => {
    cancelAnimationFrame(motion);
    if (environment.reducedMotion) return move(home);
    const from = view;
    // The short way round.
    const turn = Math.PI * 2;
    const behind = from.azimuth - home.azimuth;
    const azimuth = home.azimuth + behind - turn * Math.round(behind / turn);
    const start = performance.now();
    const step = (now: number): void => {
      const t = Math.min((now - start) / resetMilliseconds, 1);
      if (t >= 1) return move(home);
      const rest = (1 - t) ** 3;
      move({
        azimuth: home.azimuth + rest * (azimuth - home.azimuth),
        elevation: home.elevation + rest * (from.elevation - home.elevation),
        zoom: home.zoom + rest * (from.zoom - home.zoom),
      });
      motion = requestAnimationFrame(step);
    };
    motion = requestAnimationFrame(step);
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
      lost();
    },
    { signal: stops.signal },
  );
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
    update(next) {
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
      theme.disconnect();
      stops.abort();
      stopOrbit();
      live.destroy();
      stage.remove();
    },
  };
}
