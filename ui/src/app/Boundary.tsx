import { Component, type ErrorInfo, type ReactNode } from "react";

import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/Feedback";

interface State {
  error: unknown;
}

/** A mistake of ours in a view must not leave an empty window: it says so, and how to go on. */
export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Broken error={this.state.error} />;
  }
}

function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <main className="mx-auto max-w-read px-8 py-16">
      <ErrorNote error={toErrorView(error)} action={<Button onClick={() => window.location.reload()}>{t("common.retry")}</Button>} />
    </main>
  );
}
