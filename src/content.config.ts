// What content there is: the chapters. References and glossary are read by src/site.
import { glob } from 'astro/loaders';
import { defineCollection } from 'astro:content';
import { z } from 'astro/zod';

const chapters = defineCollection({
  loader: glob({ base: './content/chapters', pattern: '**/*.mdx' }),
  schema: z.strictObject({
    /** As printed: 1 for "Chapter 1", 0 for the prologue. Chapters not yet written leave gaps, honestly. */
    number: z.number().int().min(0),
    title: z.string(),
    /** The idea that the chapter plants, in one sentence. */
    idea: z.string(),
    /** For search engines and previews. */
    summary: z.string(),
    /** Id of the figure or scrolly that the social card shows; the first if absent. */
    card: z.string().optional(),
    /** Order of reading, where it is not that of the numbers. */
    order: z.number().optional(),
  }),
});

export const collections = { chapters };
