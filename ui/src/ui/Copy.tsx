import { Check, Copy as CopyIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

import { useTranslation } from "@/i18n";
import { useCopy } from "@/lib/use-copy";

import { Button } from "./Button";

export function CopyButton({ text, label, ...rest }: { text: string; label?: string } & Omit<ComponentProps<typeof Button>, "children">) {
  const { t } = useTranslation();
  const [copied, copy] = useCopy();
  return (
    <Button size="sm" icon={copied ? <Check aria-hidden /> : <CopyIcon aria-hidden />} onClick={() => copy(text)} {...rest}>
      <span aria-live="polite">{copied ? t("common.copied") : (label ?? t("common.copy"))}</span>
    </Button>
  );
}

/** A line to copy and not to change: an address, a folder, a number. Badges and further buttons go at its end. */
export function CopyField({ text, label, children }: { text: string; label?: string; children?: ReactNode }) {
  return (
    <div className="flex min-h-9 items-center gap-2 rounded-md border border-line-soft bg-sunken pr-1.5 pl-2.75">
      <span className="min-w-0 flex-1 py-1 font-mono text-sm wrap-anywhere select-text">{text}</span>
      {children}
      <CopyButton text={text} label={label} look="quiet" />
    </div>
  );
}
