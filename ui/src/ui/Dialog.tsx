import * as Alert from "@radix-ui/react-alert-dialog";
import * as Radix from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";

import { useTranslation } from "@/i18n";
import { cx } from "@/lib/cx";

import { Button, IconButton } from "./Button";

interface Props {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  note?: ReactNode;
  wide?: boolean;
  children: ReactNode;
  footer?: ReactNode;
  testId?: string;
}

function Head({ title, note }: { title: ReactNode; note?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="flex items-start justify-between gap-4 border-b border-line-soft px-5 py-3.5">
      <div className="min-w-0">
        <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
        {note !== undefined && <p className="text-sm text-muted">{note}</p>}
      </div>
      <Radix.Close asChild>
        <IconButton label={t("common.close")}>
          <X aria-hidden />
        </IconButton>
      </Radix.Close>
    </div>
  );
}

/** The focus begins on the dialog as a whole, which says its title; a field that asked for it has it already. */
const onItself = (event: Event) => {
  event.preventDefault();
  if (event.target instanceof HTMLElement) event.target.focus();
};

export function Dialog({ open, onClose, title, note, wide = false, children, footer, testId }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={onItself}
          data-testid={testId}
          className={cx(
            "fixed inset-x-4 top-[8vh] z-50 mx-auto flex max-h-[84vh] animate-rise flex-col rounded-lg border bg-surface shadow-float outline-none",
            wide ? "max-w-dialog-wide" : "max-w-dialog",
          )}
        >
          <Head title={title} note={note} />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer !== undefined && (
            <div className="flex items-center justify-end gap-2 border-t border-line-soft px-5 py-3">{footer}</div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Slides in from the right over the list it belongs to. */
export function Drawer({ open, onClose, title, note, children, footer, testId }: Omit<Props, "wide">) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={onItself}
          data-testid={testId}
          className="fixed inset-y-0 right-0 z-50 flex w-full max-w-drawer animate-slide flex-col border-l bg-surface shadow-float outline-none"
        >
          <Head title={title} note={note} />
          {/* Often only read: the arrow keys scroll it all the same. */}
          <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">{children}</div>
          {footer !== undefined && (
            <div className="flex items-center gap-2 border-t border-line-soft px-5 py-3">{footer}</div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What a drawer is about at a glance: its figure, and the state it is in. */
export function DrawerFigure({ figure, children }: { figure: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="text-xl font-semibold tracking-tight">{figure}</span>
      {children}
    </div>
  );
}

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  confirm: string;
  children: ReactNode;
}

/** Asks once more before something stops working; says what stops and what stays. */
export function Confirm({ open, onClose, onConfirm, title, confirm, children }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Alert.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Alert.Portal>
        <Alert.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Alert.Content className="fixed inset-x-4 top-[20vh] z-50 mx-auto max-w-dialog animate-rise rounded-lg border bg-surface p-5 shadow-float outline-none">
          <Alert.Title className="text-lg font-semibold tracking-tight">{title}</Alert.Title>
          <Alert.Description asChild>
            <div className="mt-2 space-y-1.5 text-muted">{children}</div>
          </Alert.Description>
          <div className="mt-5 flex justify-end gap-2">
            <Alert.Cancel asChild>
              <Button>{t("common.cancel")}</Button>
            </Alert.Cancel>
            <Alert.Action asChild>
              <Button look="danger" onClick={onConfirm}>
                {confirm}
              </Button>
            </Alert.Action>
          </div>
        </Alert.Content>
      </Alert.Portal>
    </Alert.Root>
  );
}
