import { useTranslation } from "@/i18n";

import { isConnected } from "@/data/accounts";
import { useStatus } from "@/data/queries";
import type { Supplier } from "@/ipc/bindings/Supplier";
import { Select } from "@/ui/Select";

interface Props {
  supplier: Supplier;
  /** None chosen is the first that is connected. */
  value: string | undefined;
  onChange: (account: string) => void;
  className?: string;
}

/** Which account, where the owner has several of a supplier; nothing otherwise. */
export function AccountChoice({ supplier, value, onChange, className }: Props) {
  const { t } = useTranslation();
  const accounts = useStatus().data?.accounts.filter((account) => account.supplier === supplier && isConnected(account)) ?? [];
  const first = accounts[0];
  if (first === undefined || accounts.length < 2) return null;
  return (
    <Select
      className={className}
      label={t("account.which")}
      testId="account-choice"
      value={value ?? first.account}
      choices={accounts.map(({ account, name }) => ({ value: account, text: name }))}
      onChange={onChange}
    />
  );
}
