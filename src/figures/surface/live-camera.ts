// three's camera, put where the drawing's own camera stands.
import { PerspectiveCamera } from 'three';
import { fieldOfView, type Camera, type Viewport } from './surface-camera.ts';

/** Radius of the sphere around the block: depth is spent on nothing else. */
const reach = 1.6;

export const liveCamera = (): PerspectiveCamera => new PerspectiveCamera(fieldOfView);

export function aim(
  camera: PerspectiveCamera,
  { position, target }: Camera,
  viewport: Viewport,
): void {
  camera.aspect = viewport.width / viewport.height;
  camera.position.set(...position);
  camera.lookAt(...target);
  const distance = Math.hypot(
    position[0] - target[0],
    position[1] - target[1],
    position[2] - target[2],
  );
  camera.near = Math.max(0.05, distance - reach);
  camera.far = distance + reach;
  camera.updateProjectionMatrix();
}
