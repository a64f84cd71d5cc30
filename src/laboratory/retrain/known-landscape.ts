// The plane and surface of the published run, for a run that trains on the same points with the same network.
import { withBase } from '../../elements/with-base.ts';
import type { KnownPlane, Surface } from '../../worker/run/run-messages.ts';

export interface KnownLandscape {
  readonly knownPlane: KnownPlane;
  readonly surface: Surface;
}

/** Null where the artifact cannot be had: the walkers then have a plane of their own. */
export async function fetchKnownLandscape(run: string): Promise<KnownLandscape | null> {
  const path = `${run}/landscape.safetensors`;
  try {
    const [{ decodeFullLandscape }, response] = await Promise.all([
      import('../../artifact/full-tensors.ts'),
      fetch(withBase(`/data/${path}`)),
    ]);
    if (!response.ok) return null;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const { landscape, plane } = decodeFullLandscape({ bytes, where: path });
    const { kind, method, explainedVariance, nullExplainedVariance, xs, ys } = landscape;
    const facts = { kind, method, explainedVariance, nullExplainedVariance };
    const { loss, testLoss, accuracy } = landscape;
    return {
      knownPlane: { plane, facts, xs: [xs[0]!, xs.at(-1)!], ys: [ys[0]!, ys.at(-1)!] },
      surface: { ...facts, xs, ys, loss, testLoss, accuracy },
    };
  } catch {
    return null;
  }
}
