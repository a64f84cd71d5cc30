// The fall in a page: the still picture first, the live scene over it once three has come, and turning by hand.
import type { RunDisplay } from '../../artifact/display.ts';
import { captureEvent, type FigureEnvironment, type FigureHandle } from '../kit/figure.ts';
import { writeAbsence } from '../kit/labels.ts';
import { networkColour } from '../kit/palette.ts';
import { select } from 'd3';
import { resolvedColours } from '../surface/css-colours.ts';
import { append } from '../surface/svg-elements.ts';
import { clampTurn, fallCamera, noTurn, type FallStage, type FallTurn } from './fall-camera.ts';
import { fallMoment } from './fall-clock.ts';
import { drawFallFrame, drawFallGuess } from './fall-frame.ts';
import { createFallScene, type FallScene } from './fall-live.ts';
import { fallModel, type FallModel } from './fall-model.ts';
import { turnOf, type FallState } from './fall-state.ts';
import { drawFallStill } from './fall-still.ts';
import { strengthsOf } from './strengths.ts';
import { turnByPointer, zoomByWheel } from '../surface/orbit-pointer.ts';

/** Of a picture with words beside it, what is left for the scene. */
const besideShare = 0.38;
const aboveShare = 0.4;

export function stageOf({ width, height }: FigureEnvironment, { words }: FallState): FallStage {
  const left = words === 'beside' ? besideShare * width : 0;
  const top = words === 'above' ? aboveShare * height : 0;
  return { width, height, room: { left, top, width: width - left, height: height - top } };
}

export const openFall = (
  describe: (model: FallModel, state: FallState) => string,
  container: HTMLElement,
  data: RunDisplay,
  state: FallState,
  environment: FigureEnvironment,
): FigureHandle<RunDisplay, FallState> =>
  new FallView(describe, container, data, state, environment).handle;

interface LiveFall {
  readonly scene: FallScene;
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Over the canvas, for the ruler. */
  readonly frame: SVGElement;
}

class FallView {
  readonly #describe: (model: FallModel, state: FallState) => string;
  readonly #container: HTMLElement;
  #data: RunDisplay;
  #state: FallState;
  #environment: FigureEnvironment;
  #live: LiveFall | null = null;
  #turn: FallTurn;
  #asked = 0;
  #listeners = new AbortController();

  constructor(
    describe: (model: FallModel, state: FallState) => string,
    container: HTMLElement,
    data: RunDisplay,
    state: FallState,
    environment: FigureEnvironment,
  ) {
    this.#describe = describe;
    this.#container = container;
    this.#data = data;
    this.#state = state;
    this.#turn = turnOf(state.turn);
    this.#environment = environment;
    this.#show();
  }

  get handle(): FigureHandle<RunDisplay, FallState> {
    return {
      update: (state, data) => {
        this.#data = data ?? this.#data;
        if (state.turn !== this.#state.turn) this.#turn = turnOf(state.turn);
        const isRecoloured = state.selected !== this.#state.selected;
        this.#state = state;
        if (this.#live === null) return this.#showStill();
        if (isRecoloured) this.#colour();
        this.#draw();
      },
      pass: (from, to, share) => {
        this.#state = { ...to, at: from.at + share * (to.at - from.at) };
        this.#draw();
      },
      resize: (environment) => {
        this.#environment = environment;
        if (this.#live === null) this.#show();
        else this.#draw();
      },
      rest: () => this.#rest(),
      wake: () => this.#show(),
      destroy: () => {
        this.#endLive();
        this.#container.replaceChildren();
      },
    };
  }

  get #model(): FallModel | string {
    return fallModel(this.#data);
  }

  #show(): void {
    if (!this.#environment.interactive || !this.#startLive()) this.#showStill();
  }

  #showStill(): void {
    const model = this.#model;
    this.#container.replaceChildren();
    const { width, height } = this.#environment;
    if (typeof model === 'string') {
      const svg = select(this.#container).append('svg').attr('viewBox', `0 0 ${width} ${height}`);
      writeAbsence(svg.append('g'), width, height, model);
      return;
    }
    drawFallStill(this.#container, model, this.#state, this.#stage, this.#turn, this.#label);
  }

  get #label(): string {
    const model = this.#model;
    return typeof model === 'string' ? model : this.#describe(model, this.#state);
  }

  get #stage(): FallStage {
    return stageOf(this.#environment, this.#state);
  }

  /** @returns whether there is a live scene. */
  #startLive(): boolean {
    const model = this.#model;
    if (this.#live !== null) return true;
    if (typeof model === 'string') return false;
    const document = this.#container.ownerDocument;
    const root = document.createElement('div');
    root.className = 'fall-root';
    const canvas = document.createElement('canvas');
    try {
      const scene = createFallScene(canvas, model);
      root.append(canvas);
      const frame = append(root, 'svg', { 'aria-hidden': 'true' });
      this.#container.replaceChildren(root);
      this.#live = { scene, root, canvas, frame };
    } catch (error) {
      // Without WebGL the still picture stays; the clock moves it as well.
      console.info(error instanceof Error ? error.message : error);
      return false;
    }
    this.#listen(canvas);
    this.#colour();
    this.#drawNow();
    return true;
  }

  #listen(canvas: HTMLCanvasElement): void {
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    const turn = (azimuth: number, elevation: number, zoom = 1): void => {
      this.#turn = clampTurn({
        azimuth: this.#turn.azimuth + azimuth,
        elevation: this.#turn.elevation + elevation,
        zoom: this.#turn.zoom * zoom,
      });
      this.#draw();
    };
    turnByPointer(canvas, turn, () => {}, signal);
    zoomByWheel(canvas, turn, signal);
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-roledescription', 'scene that can be turned');
    canvas.setAttribute(
      'aria-label',
      `${this.#label} Arrow keys turn it, plus and minus zoom, 0 resets.`,
    );
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => turn(-keyTurn, 0),
      ArrowRight: () => turn(keyTurn, 0),
      ArrowUp: () => turn(0, keyTurn),
      ArrowDown: () => turn(0, -keyTurn),
      '+': () => turn(0, 0, 1.15),
      '-': () => turn(0, 0, 1 / 1.15),
      '0': () => {
        this.#turn = noTurn;
        this.#draw();
      },
    };
    canvas.addEventListener(
      'keydown',
      (event) => {
        const act = keys[event.key];
        if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        act();
      },
      { signal },
    );
    canvas.addEventListener(captureEvent, () => this.#drawNow(), { signal });
    canvas.addEventListener(
      'webglcontextlost',
      () => {
        this.#endLive();
        this.#showStill();
      },
      { signal },
    );
  }

  #colour(): void {
    const model = this.#model;
    if (this.#live === null || typeof model === 'string') return;
    const wanted = model.networks.map(({ network }) => networkColour(network));
    this.#live.scene.colour(
      resolvedColours(this.#live.root, wanted),
      strengthsOf(model, this.#state.selected),
    );
  }

  /** Draws once, at the next frame, however often it is asked to. */
  #draw(): void {
    this.#asked ||= requestAnimationFrame(() => this.#drawNow());
  }

  #drawNow(): void {
    if (this.#asked !== 0) cancelAnimationFrame(this.#asked);
    this.#asked = 0;
    const model = this.#model;
    if (this.#live === null || typeof model === 'string') return;
    const stage = this.#stage;
    const { scene, root, frame } = this.#live;
    const { at } = this.#state;
    const moment = fallMoment(at);
    const camera = fallCamera(model, at, moment, this.#turn, stage);
    scene.draw({ at, camera, stage });
    root.style.height = `${stage.height}px`;
    frame.setAttribute('viewBox', `0 0 ${stage.width} ${stage.height}`);
    frame.replaceChildren();
    drawFallFrame(frame, model, moment, camera, stage);
    drawFallGuess(frame, this.#state.guess, stage);
  }

  #rest(): void {
    if (this.#live === null) return;
    this.#endLive();
    this.#showStill();
  }

  #endLive(): void {
    if (this.#asked !== 0) cancelAnimationFrame(this.#asked);
    this.#asked = 0;
    this.#listeners.abort();
    this.#live?.scene.destroy();
    this.#live = null;
  }
}

const keyTurn = Math.PI / 24;
