// Every reference of the site as one BibTeX file.
import { allBibtex } from '../components/build/citations.ts';

export const GET = () => new Response(allBibtex());
