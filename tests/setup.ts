// Property tests draw the same cases every time, so that a change is to blame when one fails; ATLAS_SEED draws others.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.ATLAS_SEED ?? 42) });
