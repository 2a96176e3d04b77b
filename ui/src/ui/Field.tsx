import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type ReactNode, useId, useState } from "react";

import { useTranslation } from "@/i18n";
import { cx } from "@/lib/cx";

const BOX =
  "flex items-center gap-2 rounded-md border border-control bg-sunken pr-1.5 transition-shadow focus-within:border-accent focus-within:ring-3 focus-within:ring-accent-soft";

interface Props extends Omit<ComponentProps<"input">, "size"> {
  label: string;
  hint?: ReactNode;
  /** Something at the end of the field, such as a badge or a button. */
  trailing?: ReactNode;
  mono?: boolean;
}

export function Field({ label, hint, trailing, mono = false, id, className, ...rest }: Props) {
  const own = useId();
  const field = id ?? own;
  return (
    <div className={className}>
      <label htmlFor={field} className="mb-1 block text-sm font-medium text-muted">
        {label}
      </label>
      <div className={BOX}>
        <input
          id={field}
          aria-describedby={hint === undefined ? undefined : `${field}-hint`}
          spellCheck={false}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          className={cx("h-7.5 min-w-0 flex-1 bg-transparent pl-2.75 outline-none", mono && "font-mono text-sm")}
          {...rest}
        />
        {trailing}
      </div>
      {hint !== undefined && (
        <div id={`${field}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </div>
      )}
    </div>
  );
}

/** A field for something that nobody behind the owner's back should read. */
export function SecretField(props: Omit<Props, "type">) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...props}
      mono
      type={shown ? "text" : "password"}
      trailing={
        <>
          {props.trailing}
          <button
            type="button"
            aria-label={shown ? t("common.hide") : t("common.show")}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-text [&>svg]:size-3.5"
          >
            {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          </button>
        </>
      }
    />
  );
}

export function Checkbox({ label, hint, ...rest }: ComponentProps<"input"> & { label: string; hint?: string }) {
  const id = useId();
  return (
    <div className="flex gap-2.5">
      <input id={id} type="checkbox" className="mt-0.75 size-3.5 shrink-0 accent-accent" {...rest} />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && <p className="text-sm text-muted">{hint}</p>}
      </div>
    </div>
  );
}
