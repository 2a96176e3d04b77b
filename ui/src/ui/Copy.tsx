import { Check, Copy as CopyIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";

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
