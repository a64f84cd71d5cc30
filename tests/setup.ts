import fc from 'fast-check';

// What is written for a terminal is compared without colours, which CI's machines ask for.
delete process.env['FORCE_COLOR'];
process.env['NO_COLOR'] = '1';

// Property tests draw the same cases every time, so that a change is to blame when one fails; ATLAS_SEED draws others.
fc.configureGlobal({ seed: Number(process.env.ATLAS_SEED ?? 42) });
