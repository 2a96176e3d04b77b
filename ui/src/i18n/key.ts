/** The names of all words, as types: a misspelt one does not compile. */
import type coreFr from "@words/fr.json";

import type { CORE_PARTS } from "./core-parts";
import type fr from "./fr.json";

type Leaf<T> = T extends readonly (infer Item)[]
  ? `${number}.${Leaf<Item>}`
  : { [Name in keyof T & string]: T[Name] extends string ? Name : `${Name}.${Leaf<T[Name]>}` }[keyof T & string];

/** A word in several numbers is asked for without its form; it has at least the one for "other". */
type Singular<Name, All> = Name extends `${infer Base}_${"one" | "many" | "other"}` ? (`${Base}_other` extends All ? Base : Name) : Name;

type Window = Leaf<typeof fr>;
type Core = Leaf<Pick<typeof coreFr, (typeof CORE_PARTS)[number]>>;

export type Key = Singular<Window, Window> | `core:${Core}`;
