// The live view's elements: the back walls, three's canvas, legend and axes, and the button, one over the other.
import { drawLegend } from './surface-legend.ts';
import { grid, ink, muted } from './surface-frame.ts';
import type { SurfaceScene } from './surface-scene.ts';
import type { Layout } from './surface-layout.ts';
import { append } from './svg-elements.ts';

const position = (element: HTMLElement | SVGElement, top = 0): void => {
  Object.assign(element.style, { position: 'absolute', left: '0', top: `${top}px` });
};

export class LiveStage {
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Under the canvas, for what stands behind the block. */
  readonly back: SVGElement;
  /** Over the canvas, for the axes. */
  readonly axes: SVGElement;
  readonly reset: HTMLButtonElement;
  readonly hint: HTMLElement;
  readonly #front: SVGElement;
  readonly #legend: SVGElement;
  readonly #tools: HTMLElement;

  constructor(document: Document) {
    this.root = document.createElement('div');
    this.root.className = 'surface-live';
    this.root.style.position = 'relative';
    this.back = append(this.root, 'svg', { 'aria-hidden': 'true' });
    this.canvas = canvasIn(document);
    this.root.append(this.canvas);
    this.#front = append(this.root, 'svg', {
      'aria-hidden': 'true',
      'font-family': 'var(--font-ui, system-ui, sans-serif)',
    });
    this.#front.style.pointerEvents = 'none';
    this.#legend = append(this.#front, 'g');
    this.axes = append(this.#front, 'g');
    this.#tools = toolsIn(document);
    this.reset = resetButtonIn(document);
    this.hint = document.createElement('span');
    this.hint.textContent = 'Drag to turn · 2 for the map';
    this.#tools.append(this.reset, this.hint);
    this.root.append(this.#tools);
  }

  /** Gives everything its place and size, and says what is shown. */
  arrange(scene: SurfaceScene, layout: Layout, label: string): void {
    const { width, height, viewport, legend } = layout;
    Object.assign(this.root.style, { width: `${width}px`, height: `${height}px` });
    for (const svg of [this.back, this.#front]) {
      svg.setAttribute('width', String(width));
      svg.setAttribute('height', String(height));
      position(svg);
    }
    position(this.canvas, viewport.top);
    this.#tools.style.top = `${viewport.top + 2}px`;
    Object.assign(this.canvas.style, {
      width: `${viewport.width}px`,
      height: `${viewport.height}px`,
    });
    this.#legend.replaceChildren();
    drawLegend(this.#legend, scene, legend, width);
    this.canvas.setAttribute(
      'aria-label',
      `${label} Arrow keys turn it, plus and minus zoom, 0 resets, 2 shows the map, comma and full stop choose a network.`,
    );
  }
}

function canvasIn(document: Document): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-roledescription', 'surface that can be turned');
  canvas.style.cursor = 'grab';
  return canvas;
}

function toolsIn(document: Document): HTMLElement {
  const tools = document.createElement('div');
  tools.className = 'surface-tools';
  Object.assign(tools.style, {
    position: 'absolute',
    right: '0',
    font: '12px var(--font-ui, system-ui, sans-serif)',
    color: muted,
  });
  return tools;
}

function resetButtonIn(document: Document): HTMLButtonElement {
  const reset = document.createElement('button');
  reset.type = 'button';
  reset.textContent = 'Reset view';
  Object.assign(reset.style, {
    font: 'inherit',
    padding: '4px 10px',
    color: ink,
    background: 'var(--surface-2, #f4f1ea)',
    border: `1px solid ${grid}`,
    borderRadius: 'var(--radius, 6px)',
    cursor: 'pointer',
  });
  return reset;
}
