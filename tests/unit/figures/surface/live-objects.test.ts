// What three holds for a surface is given back when it is replaced, but for what is used again.
import { BufferGeometry, type EventDispatcher, Mesh, MeshBasicMaterial, Scene } from 'three';
import { expect, it } from 'vitest';
import { ObjectGroup } from '../../../../src/figures/surface/live-objects.ts';

it('disposes of geometries and materials with their objects, and keeps shared materials', () => {
  const scene = new Scene();
  const disposed: string[] = [];
  const named = <Held extends EventDispatcher<{ dispose: object }>>(
    held: Held,
    name: string,
  ): Held => {
    held.addEventListener('dispose', () => disposed.push(name));
    return held;
  };
  const shared = named(new MeshBasicMaterial(), 'shared material');
  const group = new ObjectGroup(scene, [shared]);
  const own = named(new MeshBasicMaterial(), 'own material');
  group.replace([
    { object: new Mesh(named(new BufferGeometry(), 'first'), shared), order: 4 },
    { object: new Mesh(named(new BufferGeometry(), 'second'), own), order: 1 },
  ]);
  expect(scene.children.map(({ renderOrder }) => renderOrder)).toEqual([4, 1]);
  expect(disposed).toEqual([]);

  const third = new Mesh(named(new BufferGeometry(), 'third'), shared);
  group.replace([{ object: third, order: 0 }]);
  expect(scene.children).toEqual([third]);
  expect(disposed).toEqual(['first', 'second', 'own material']);

  group.clear();
  expect(scene.children).toEqual([]);
  expect(disposed).toEqual(['first', 'second', 'own material', 'third']);
});
