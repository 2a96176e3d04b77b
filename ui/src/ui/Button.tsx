import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

import { cx } from "@/lib/cx";

import { Tooltip } from "./Tooltip";

type Look = "primary" | "secondary" | "quiet" | "danger";

interface Props extends ComponentProps<"button"> {
  look?: Look;
  size?: "md" | "sm";
  icon?: ReactNode;
  /** Shows that the work is under way and takes no second press. */
  busy?: boolean;
}

const LOOKS: Record<Look, string> = {
  primary: "bg-accent border-accent text-on-accent hover:bg-accent-hover hover:border-accent-hover",
  secondary: "bg-raised border-control text-text hover:bg-hover",
  quiet: "border-transparent text-accent-text hover:bg-accent-soft",
  danger: "bg-raised border-control text-bad hover:bg-bad-soft hover:border-bad",
};

export function Button({ look = "secondary", size = "md", icon, busy = false, className, children, disabled, ...rest }: Props) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      disabled={disabled === true || busy}
      className={cx(
        "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-sans font-medium whitespace-nowrap transition-colors duration-100",
        "disabled:pointer-events-none disabled:opacity-55 [&>svg]:size-3.5 [&>svg]:shrink-0",
        size === "md" ? "h-8 px-3" : "h-7 px-2.5 text-sm",
        LOOKS[look],
        className,
      )}
      {...rest}
    >
      {busy ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      {children}
    </button>
  );
}

/** A button that is a picture only: its name is read aloud, and shown beside it on pointing and on focus. */
export function IconButton({ label, keys, className, children, ...rest }: ComponentProps<"button"> & { label: string; keys?: string }) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        className={cx(
          "inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-100 hover:bg-hover hover:text-text disabled:opacity-50 [&>svg]:size-4",
          className,
        )}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  );
}
