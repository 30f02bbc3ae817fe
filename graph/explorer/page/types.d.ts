/* Types of what the build gives the page (`graph/explorer/data/records.py`) and of what its modules hand to one another. Type checkers
   read it; the page does not. */

/** Words by language tag. */
type Words = Record<string, string>;
type Filters = Record<string, string[]>;
type Certainty = "certain" | "possible" | "planned" | "ours";

interface Passage { start: number; end: number; words: string; place?: Words; unnamed?: string[]; heading?: string }
interface Claim { iri: string; source: string; label?: Words; keyEvidence: Passage[]; context: Passage[] }
interface Entity {
  id: string; kind: string; iri: string; claims: (string | number)[]; memberships: string[]; label?: Words; also?: string[]; type?: string[]; status?: string;
  earliest?: string; latest?: string; topics?: string[]; topicsAsWritten?: string[]; places?: string[]; placesAsWritten?: string[]; [more: string]: any;
}
interface Tie {
  id: string; kind: string; certainty: Certainty; from: string; to: string; claims: (string | number)[]; memberships: string[]; iri?: string;
  roles?: string[]; attendance?: string; atLeast?: string; [more: string]: any;
}
/** What somebody looks at: see `state.js`; parts of the page add parameters of their own. */
interface State { view: string; selected: string | null; around: string | null; rings: 1 | 2; filters: Filters; language: string; hide: boolean; [more: string]: any }
/** Entities and ties that are shown, and why: see `selection.js`. */
interface Scene { kind?: string; entities: Set<string>; ties: any[]; [more: string]: any }

declare const vis: any;
interface Window { unpackedData?: string }

/* The page looks up its own elements, which are those that it made: HTML, with what HTML elements have. */
interface Element extends HTMLOrSVGElement { readonly offsetTop: number; hidden: any; open: any }
interface EventTarget { closest(selector: string): Element | null; setAttribute(name: string, value: string): void; tagName: string }
interface Event { pointerId: number }
