import { CalendarClock, ExternalLink, Plug } from "lucide-react";

import { type Attention, CJ_API_PAGE, SUPPLIER_SHORT } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { AccountStatus } from "@/ipc/bindings/AccountStatus";
import { Button } from "@/ui/Button";
import { ErrorDetails, Note } from "@/ui/Feedback";

interface Props {
  account: AccountStatus;
  attention: Attention;
  /** Leads to where the owner consents, or pastes the key again. */
  onRenew: () => void;
  className?: string;
  testId?: string;
  /** Only what it is, where more is said elsewhere. */
  brief?: boolean;
}

/** What an account needs from its owner, in plain words, with the one button that does it. */
export function AttentionNote({ account, attention, onRenew, className, testId, brief = false }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const { kind } = attention;
  const supplier = SUPPLIER_SHORT[account.supplier];
  const dated = kind === "consent_ends" || (kind === "consent_over" && attention.at !== null);
  const date = dated && attention.at !== null ? format.date(attention.at) : "";
  return (
    <Note
      className={className}
      tone={kind === "consent_ends" ? "warn" : "bad"}
      code={kind}
      icon={kind === "consent_ends" ? <CalendarClock aria-hidden /> : <Plug aria-hidden />}
      title={kind === "consent_over" && !dated ? t("attention.consent_gone.title", { supplier }) : t(`attention.${kind}.title`, { date, supplier })}
      action={
        kind === "suspended" ? (
          <Button size="sm" look={brief ? "secondary" : "primary"} icon={<ExternalLink aria-hidden />} onClick={() => void backend.openLink(CJ_API_PAGE)}>
            {t("cj.open_page")}
          </Button>
        ) : (
          <Button size="sm" look={brief ? "secondary" : "primary"} data-testid={testId} onClick={onRenew}>
            {t(`attention.${kind}.button`)}
          </Button>
        )
      }
    >
      {brief ? undefined : (
        <>
          <p>{t(`attention.${kind}.note`, { supplier })}</p>
          {account.last_error && <ErrorDetails error={account.last_error} />}
        </>
      )}
    </Note>
  );
}
