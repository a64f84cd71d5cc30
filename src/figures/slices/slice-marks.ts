// How the networks of a study's plane are drawn: each by itself, the picked one over the others.
import type { LandscapeMarks } from './landscape-view.ts';
import type { TrackBundle, TrackLook } from './plane-marks.ts';
import type { NamedPlane } from './slice-planes.ts';

/** More networks than this are a crowd: smaller, and without their names. */
const crowd = 6;

/** @param isSmall for one of many maps. */
export function marksOfStudy(
  { tracks }: NamedPlane,
  selected: number | null,
  isSmall = false,
): LandscapeMarks {
  const isCrowd = tracks.length > crowd;
  const isAlone = tracks.length === 1;
  const radius = (isSmall ? 3 : isCrowd ? 3.8 : 5) * (isSmall && isCrowd ? 0.8 : 1);
  const name = { over: radius + 7, under: radius + 15 };
  const look: TrackLook = {
    line: isSmall ? 1.3 : 2,
    casing: 1.8,
    startRadius: radius * 0.85,
    endRadius: radius,
    endOutline: isSmall ? 0.75 : 1.25,
    name: isSmall || isCrowd ? null : name,
  };
  const selectedLook: TrackLook = {
    ...look,
    line: look.line * (isAlone ? 1 : 1.4),
    endRadius: radius * (isAlone ? 1 : 1.35),
    name: isSmall ? null : name,
  };
  const picked = tracks.find(({ network }) => network === selected);
  const under = tracks
    .filter((track) => track !== picked)
    .map((track): TrackBundle => ({ tracks: [track], opacity: picked ? 0.45 : null, look }));
  return {
    under,
    selected: picked ? { tracks: [picked], opacity: null, look: selectedLook } : null,
    key: selected,
    named: isCrowd ? [] : tracks.map(({ rows }) => rows.at(-1)!),
  };
}
