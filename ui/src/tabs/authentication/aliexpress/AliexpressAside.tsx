
import { useTranslation } from "@/i18n";
import { Card } from "@/ui/Card";

const QUESTIONS = ["test_app", "whitelist", "one_app", "where_secret"] as const;

/** What trips owners up at AliExpress, before it does. */
export function AliexpressAside() {
  const { t } = useTranslation();
  return (
    <Card aria-label={t("ali.good_to_know")} className="px-4.5 py-3.5">
      <h2 className="mb-1">{t("ali.good_to_know")}</h2>
      <dl>
        {QUESTIONS.map((question) => (
          <div key={question} className="border-t border-line-soft py-2 first:border-t-0">
            <dt className="font-medium">{t(`ali.know.${question}.title`)}</dt>
            <dd className="text-sm text-muted">{t(`ali.know.${question}.text`)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
