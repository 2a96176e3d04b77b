import * as Radix from "@radix-ui/react-popover";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

import { cx } from "@/lib/cx";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What the filter is set to, or its name. */
  label: string;
  /** Whether it is set. */
  on: boolean;
  title: string;
  wide?: boolean;
  testId?: string;
  children: ReactNode;
}

/** A filter that opens: looks like the chips beside it. */
export function FilterPopover({ open, onOpenChange, label, on, title, wide = false, testId, children }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger
        data-testid={testId}
        className={cx(
          "flex h-7.5 max-w-56 shrink-0 items-center gap-1.5 rounded-full border pr-2 pl-2.5 transition-colors duration-100",
          on ? "border-accent bg-accent-soft text-accent-text" : "bg-surface text-muted hover:bg-hover hover:text-text",
        )}
      >
        <span className="truncate">{label}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label={title}
          className={cx("z-30 animate-rise max-h-(--radix-popover-content-available-height) overflow-y-auto rounded-md border bg-raised shadow-float outline-none", wide ? "w-90" : "w-72")}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
