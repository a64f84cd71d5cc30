// The live view: three's canvas between the frame's back walls and its labels, turned by the reader.
import { captureEvent, pickEvent, type FigureEnvironment, type PickDetail } from '../kit/figure.ts';
import { cameraFor, type Camera, type View } from './surface-camera.ts';
import { viewpointOf } from './viewpoint.ts';
import { drawAxes, drawBackWalls } from './surface-frame.ts';
import { createLiveScene, type LiveScene } from './live-scene.ts';
import { LiveStage } from './live-stage.ts';
import { attachOrbit } from './orbit-control.ts';
import { nearestNetwork, steppedNetwork } from './surface-picking.ts';
import type { SurfaceScene } from './surface-scene.ts';
import { layoutFor, type Layout } from './surface-layout.ts';
import { onThemeChange } from './theme-changes.ts';
import { eased, TimedMotion } from './timed-motion.ts';
import { ViewMotion } from './view-motion.ts';

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
  /** The reader has turned it and come to rest: where from, as text (see viewpoint.ts). */
  turned(eye: string | null): void;
}

const restMilliseconds = 250;
const morphMilliseconds = 380;

/** Fills an empty container. Its constructor throws where the browser gives no WebGL context. */
export class LiveView {
  #content: LiveContent;
  #environment: FigureEnvironment;
  #view: View;
  #layout: Layout;
  #frame = 0;
  #resting = 0;
  readonly #home: View;
  readonly #container: HTMLElement;
  readonly #events: LiveEvents;
  readonly #stage: LiveStage;
  readonly #live: LiveScene;
  readonly #motion = new ViewMotion((view) => this.#move(view));
  readonly #morph = new TimedMotion(morphMilliseconds);
  readonly #stops = new AbortController();

  constructor(
    container: HTMLElement,
    content: LiveContent,
    environment: FigureEnvironment,
    events: LiveEvents,
  ) {
    this.#container = container;
    this.#content = content;
    this.#environment = environment;
    this.#events = events;
    this.#home = content.home;
    this.#view = content.view;
    this.#stage = new LiveStage(container.ownerDocument);
    this.#stage.reset.hidden = this.#viewpoint === null;
    this.#live = createLiveScene(this.#stage.canvas);
    container.append(this.#stage.root);
    this.#listen();
    this.#layout = this.#arrange();
    this.#live.setSurface(content.scene, null);
    this.#repaint();
  }

  get root(): HTMLElement {
    return this.#stage.root;
  }

  update(next: LiveContent): void {
    const before = viewpointOf(this.#content.view, this.#home);
    const after = viewpointOf(next.view, this.#home);
    if (before !== after && after !== this.#viewpoint) this.#goTo(next.view);
    const last = this.#content.scene;
    const surfaceChanged = next.scene.model !== last.model;
    const labelsChanged = surfaceChanged || next.label !== this.#content.label;
    this.#content = next;
    if (labelsChanged) this.#layout = this.#arrange();
    if (surfaceChanged) this.#morphTo(next.scene, last);
    this.#repaint();
  }

  /** The ground goes over from one surface to the other; at once for readers who want no motion. */
  #morphTo(scene: SurfaceScene, last: SurfaceScene): void {
    this.#morph.stop();
    const isStill = this.#environment.reducedMotion;
    this.#live.setSurface(scene, isStill ? null : last);
    if (isStill) return;
    this.#morph.start((share) => {
      this.#live.setMorph(eased(share));
      this.#draw();
    });
  }

  resize(environment: FigureEnvironment): void {
    this.#environment = environment;
    this.#layout = this.#arrange();
    this.#recolour();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#resting);
    this.#motion.stop();
    this.#morph.stop();
    this.#stops.abort();
    this.#live.destroy();
    this.#stage.root.remove();
  }

  #listen(): void {
    const { canvas, reset } = this.#stage;
    const { signal } = this.#stops;
    attachOrbit(
      canvas,
      {
        view: () => this.#view,
        moved: (view) => this.#turn(view),
        returned: () => this.#returnHome(),
        picked: (x, y) => this.#pickAt(x, y),
        stepped: (by) => this.#pickNext(by),
      },
      signal,
    );
    const resetView = (): void => {
      this.#returnHome();
      // The button is about to go; the reader's focus must not go with it.
      canvas.focus({ preventScroll: true });
    };
    const loseContext = (event: Event): void => {
      event.preventDefault();
      this.#events.lost();
    };
    reset.addEventListener('click', resetView, { signal });
    canvas.addEventListener('webglcontextlost', loseContext, { signal });
    canvas.addEventListener(captureEvent, () => this.#drawNow(), { signal });
    onThemeChange(canvas.ownerDocument, () => this.#recolour(), signal);
  }

  /** Where the reader stands, as text; null at home. */
  get #viewpoint(): string | null {
    return viewpointOf(this.#view, this.#home);
  }

  get #camera(): Camera {
    const { viewport, padding } = this.#layout;
    return cameraFor(this.#content.scene.model, this.#view, viewport, padding);
  }

  #arrange(): Layout {
    const { scene, label } = this.#content;
    const layout = layoutFor(scene, this.#environment.width, this.#environment.height);
    this.#stage.arrange(scene, layout, label);
    return layout;
  }

  /** Draws once, at the next frame, however often it is asked to. */
  #draw(): void {
    this.#frame ||= requestAnimationFrame(() => this.#drawNow());
  }

  #drawNow(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { data, model, scale } = this.#content.scene;
    const { back, axes } = this.#stage;
    const [camera, view, layout] = [this.#camera, this.#view, this.#layout];
    back.replaceChildren();
    axes.replaceChildren();
    drawBackWalls(back, model, scale, view, camera);
    drawAxes(axes, data, model, scale, view, camera, layout);
    this.#live.render(camera, view, layout);
  }

  #repaint(): void {
    this.#live.setPaths(this.#content.scene, this.#content.selected, this.#layout.compact);
    this.#draw();
  }

  /** The canvas cannot inherit colours: it is painted again when the page's theme changes. */
  #recolour(): void {
    this.#live.forgetColours();
    this.#repaint();
  }

  #move(view: View): void {
    this.#view = view;
    this.#stage.reset.hidden = this.#viewpoint === null;
    this.#stage.hint.hidden = true;
    this.#draw();
  }

  #goTo(target: View): void {
    if (!this.#environment.reducedMotion) return this.#motion.start(this.#view, target);
    this.#motion.stop();
    this.#move(target);
  }

  /** Says where the reader stands, once they have come to rest. */
  #turn(view: View): void {
    this.#motion.stop();
    this.#move(view);
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.#events.turned(this.#viewpoint), restMilliseconds);
  }

  #returnHome(): void {
    clearTimeout(this.#resting);
    this.#goTo(this.#home);
    this.#events.turned(null);
  }

  #pick(network: number | null): void {
    const detail: PickDetail = { network };
    this.#container.dispatchEvent(new CustomEvent(pickEvent, { detail, bubbles: true }));
  }

  #pickAt(x: number, y: number): void {
    const { top } = this.#layout.viewport;
    this.#pick(nearestNetwork(this.#content.scene, this.#camera, x, y + top));
  }

  #pickNext(by: 1 | -1): void {
    const { scene, selected } = this.#content;
    const network = steppedNetwork(scene.data.paths, selected, by);
    if (network !== null) this.#pick(network);
  }
}
