import * as Radix from "@radix-ui/react-tooltip";
import type { FocusEvent, ReactNode } from "react";

/** A click that moves the focus somewhere is no question about what is there. */
const onlyVisible = (event: FocusEvent<HTMLElement>) => {
  if (!event.currentTarget.matches(":focus-visible")) event.preventDefault();
};

/** Says what a picture-only button does, at once for who uses the keyboard. The name for a screen reader is the button's own. */
export function Tooltip({ text, keys, side = "bottom", children }: { text: string; keys?: string; side?: "bottom" | "right"; children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={400}>
      <Radix.Root>
        <Radix.Trigger asChild onFocus={onlyVisible}>
          {children}
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-60 flex animate-fade items-center gap-2 rounded-sm border bg-raised px-2 py-1 text-sm shadow-float"
          >
            {text}
            {keys !== undefined && <kbd className="font-sans text-muted">{keys}</kbd>}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
