import * as Radix from "@radix-ui/react-dropdown-menu";
import type { ReactNode } from "react";

import { cx } from "@/lib/cx";

interface Props {
  /** The button that opens it. */
  trigger: ReactNode;
  children: ReactNode;
}

/** Actions on one thing, behind one button. */
export function Menu({ trigger, children }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align="end" sideOffset={4} collisionPadding={12} className="z-30 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 animate-rise overflow-y-auto rounded-md border bg-raised p-1 shadow-float">
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ItemProps {
  icon: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
  testId?: string;
  children: ReactNode;
}

export function MenuItem({ icon, danger = false, disabled, onSelect, testId, children }: ItemProps) {
  return (
    <Radix.Item
      disabled={disabled}
      onSelect={onSelect}
      data-testid={testId}
      className={cx(
        "flex h-8 items-center gap-2.5 rounded-sm px-2 outline-none data-disabled:opacity-55 data-highlighted:bg-hover [&>svg]:size-3.5",
        danger ? "text-bad data-highlighted:bg-bad-soft" : "[&>svg]:text-muted",
      )}
    >
      {icon}
      {children}
    </Radix.Item>
  );
}

export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-line-soft" />;
}
