// Every reference of the site as one BibTeX file.
import { allBibtex } from '../site/readers/citations.ts';

export const GET = () => new Response(allBibtex());
