// Objects of three's scene that come and go together, and give back what they hold.
import type { BufferGeometry, Material, Object3D, Scene } from 'three';

/** A mesh, points or lines. */
export type Drawable = Object3D & {
  readonly geometry: BufferGeometry;
  readonly material: Material;
};

export interface Placed {
  readonly object: Drawable;
  /** Lower ones are drawn first. */
  readonly order: number;
}

export class ObjectGroup {
  #objects: readonly Drawable[] = [];
  readonly #scene: Scene;
  readonly #kept: readonly Material[];

  /** @param kept materials that outlive the objects. */
  constructor(scene: Scene, kept: readonly Material[]) {
    this.#scene = scene;
    this.#kept = kept;
  }

  replace(placed: readonly Placed[]): void {
    this.clear();
    for (const { object, order } of placed) {
      object.renderOrder = order;
      object.frustumCulled = false;
      this.#scene.add(object);
    }
    this.#objects = placed.map(({ object }) => object);
  }

  get objects(): readonly Drawable[] {
    return this.#objects;
  }

  clear(): void {
    for (const object of this.#objects) {
      this.#scene.remove(object);
      object.geometry.dispose();
      if (!this.#kept.includes(object.material)) object.material.dispose();
    }
    this.#objects = [];
  }
}
