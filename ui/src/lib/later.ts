import { type ComponentType, lazy, type LazyExoticComponent } from "react";

/** A view whose code comes in a file of its own. */
export type Later<Props extends object> = LazyExoticComponent<ComponentType<Props>> & {
  /** Fetches the code; whoever shows the view before it is here waits in a `Suspense`. */
  fetch: () => Promise<unknown>;
};

/** React's `lazy` waits a moment even for code that came long ago, and holds back what waits; here it is shown at once. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  type Module = { default: ComponentType<Props> };
  let here: Module | null = null;
  let coming: Promise<Module> | null = null;
  const fetch = () => (coming ??= load().then((view) => (here = { default: view })));
  // Answers before `then` returns, so that React finds the view when it looks.
  const answered = (module: Module) => ({ then: (seen: (module: Module) => void) => seen(module) }) as Promise<Module>;
  return Object.assign(lazy(() => (here ? answered(here) : fetch())), { fetch });
}
