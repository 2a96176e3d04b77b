/** Which tab is open and what it was asked to show first. */
import { createContext, useContext } from "react";

import type { Preferences } from "@/ipc/bindings/Preferences";
import type { Supplier } from "@/ipc/bindings/Supplier";

export type Tab = Preferences["tab"];

export const TABS: readonly Tab[] = ["overview", "authentication", "products", "orders"];

/** What a tab may be asked to open with. */
export interface Wish {
  guide?: Supplier;
  /** The guide opens at its last step: all before it is done already. */
  renew?: boolean;
  /** The guide shows what came in before the window was there, connected or not. */
  arrived?: boolean;
  sync?: boolean;
  import?: boolean;
  /** How the last export ended. */
  export?: boolean;
  /** The alerts come into view. */
  alerts?: boolean;
  /** Products that are sold out only. */
  soldOut?: boolean;
  /** The account a guide is about, where a supplier has several. */
  account?: string;
  /** The products are sent to the shop. */
  publish?: boolean;
  /** The shop section comes into view. */
  shop?: boolean;
  /** Orders are asked for anew. */
  refresh?: boolean;
  product?: { supplier: Supplier; id: string };
}

export interface Navigation {
  tab: Tab;
  wish: Wish;
  go: (tab: Tab, wish?: Wish) => void;
}

export const NavigationContext = createContext<Navigation>({ tab: "overview", wish: {}, go: () => undefined });

export const useNavigation = () => useContext(NavigationContext);
