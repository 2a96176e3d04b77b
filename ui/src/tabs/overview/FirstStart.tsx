import { useMutation } from "@tanstack/react-query";
import { ArrowRight, FlaskConical, KeyRound, ShieldCheck, ShoppingBag } from "lucide-react";
import type { ReactNode } from "react";

import { useBackend } from "@/data/backend";
import { useNavigation } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import { Card } from "@/ui/Card";
import { Logo } from "@/ui/Logo";

/** The first start: one card, three ways in. In practice mode the third is already taken. */
export function FirstStart({ practice }: { practice: boolean }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { go } = useNavigation();
  const start = useMutation({ mutationFn: () => backend.startPractice() });
  return (
    <div className="grid min-h-full place-items-center px-8 py-8">
      <div className="w-full max-w-read">
        <Logo className="mb-4 size-10" />
        <h1 className="text-xl tracking-tight">{t("first.title")}</h1>
        <p className="mt-1 mb-5 text-muted">{practice ? t("first.note_practice") : t("first.note")}</p>
        <Card className="overflow-hidden">
          <Choice
            testId="start-cj"
            icon={<KeyRound aria-hidden />}
            title={t("first.cj")}
            note={t("first.cj_note")}
            onClick={() => go("authentication", { guide: "cj" })}
          />
          <Choice
            testId="start-aliexpress"
            icon={<ShoppingBag aria-hidden />}
            title={t("first.aliexpress")}
            note={t("first.aliexpress_note")}
            onClick={() => go("authentication", { guide: "aliexpress" })}
          />
          {!practice && (
            <Choice
              testId="start-practice"
              icon={<FlaskConical aria-hidden />}
              title={t("first.practice")}
              note={t("first.practice_note")}
              busy={start.isPending}
              onClick={() => start.mutate()}
            />
          )}
        </Card>
        <p className="mt-4 flex items-start gap-2 text-sm text-muted">
          <ShieldCheck aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {t("first.promise")}
        </p>
      </div>
    </div>
  );
}

function Choice({ icon, title, note, onClick, testId, busy = false }: {
  icon: ReactNode;
  title: string;
  note: string;
  onClick: () => void;
  testId: string;
  busy?: boolean;
}) {
  return (
    <button
      type="button"
      data-testid={testId}
      disabled={busy}
      onClick={onClick}
      className="group flex w-full items-center gap-4 border-t border-line-soft px-5 py-4 text-left transition-colors duration-100 first:border-t-0 hover:bg-hover focus-visible:-outline-offset-2 disabled:opacity-60"
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-md bg-accent-soft text-accent-text [&>svg]:size-4.5">{icon}</span>
      <span className="min-w-0 flex-1">
        <span className="block font-semibold">{title}</span>
        <span className="block text-muted">{note}</span>
      </span>
      <ArrowRight aria-hidden className="size-4 text-muted transition-transform duration-150 group-hover:translate-x-0.5" />
    </button>
  );
}
