import * as Radix from "@radix-ui/react-toast";
import { CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";

import { useTranslation } from "@/i18n";
import { cx } from "@/lib/cx";

import { Button, IconButton } from "./Button";

export interface ToastProps {
  tone: "good" | "info" | "warn";
  title: string;
  note?: ReactNode;
  /** At most one thing to do about it. */
  action?: { text: string; run: () => void };
  onClose: () => void;
}

const ICONS = { good: CircleCheck, info: Info, warn: TriangleAlert };
const TONES = { good: "text-good", info: "text-info", warn: "text-warn" };

/** Where toasts appear; goes once around the window. */
export function Toasts({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Radix.Provider label={t("toast.label")} duration={8000}>
      {children}
      <Radix.Viewport
        label={t("toast.region", { hotkey: "{hotkey}" })}
        className="fixed right-4 bottom-4 z-60 flex w-full max-w-90 flex-col gap-2 outline-none"
      />
    </Radix.Provider>
  );
}

/** Work that ended elsewhere. A warning stays until it is read; the rest goes by itself. */
export function Toast({ tone, title, note, action, onClose }: ToastProps) {
  const { t } = useTranslation();
  const Icon = ICONS[tone];
  return (
    <Radix.Root
      duration={tone === "warn" ? Infinity : undefined}
      onOpenChange={(open) => !open && onClose()}
      data-testid="toast"
      className="flex animate-rise items-start gap-2.5 rounded-lg border bg-raised py-2.5 pr-2 pl-3.5 shadow-float"
    >
      <Icon aria-hidden className={cx("mt-0.5 size-4 shrink-0", TONES[tone])} />
      <div className="min-w-0 flex-1">
        <Radix.Title className="font-semibold">{title}</Radix.Title>
        {note !== undefined && <Radix.Description className="text-muted">{note}</Radix.Description>}
        {action && (
          <Radix.Action asChild altText={action.text}>
            <Button size="sm" look="quiet" className="mt-1 -ml-2.5" onClick={action.run}>
              {action.text}
            </Button>
          </Radix.Action>
        )}
      </div>
      <Radix.Close asChild>
        <IconButton label={t("common.close")}>
          <X aria-hidden />
        </IconButton>
      </Radix.Close>
    </Radix.Root>
  );
}
