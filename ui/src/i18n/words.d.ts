/** What `scripts/words.ts` makes of the words files. */
declare module "virtual:words/names" {
  export type Names = { readonly [name: string]: 0 | Names };
  const names: Names;
  export default names;
}
declare module "virtual:words/fr" {
  const said: readonly (string | 0)[];
  export default said;
}
declare module "virtual:words/en" {
  const said: readonly (string | 0)[];
  export default said;
}
