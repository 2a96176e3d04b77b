import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";

import { App } from "@/app/App";
import { type Language, setLanguage } from "@/i18n";
import type { Backend } from "@/ipc/backend";
import { createFake, type FakeOptions } from "@/ipc/fake";
import { NO_FILTER, rememberFilter } from "@/tabs/products/filter";

/** Opens the window against a fake, in French unless told; answers come at once. */
export async function openWindow(options: Partial<FakeOptions> & { language?: Language; change?: (backend: Backend) => Backend } = {}) {
  const { language = "fr", change = (same: Backend) => same, ...fake } = options;
  rememberFilter(NO_FILTER);
  await setLanguage(language);
  const backend = change(createFake({ pace: 0, products: 300, ...fake, preferences: { language, ...fake.preferences } }));
  const user = userEvent.setup();
  render(<App backend={backend} preferences={await backend.preferences()} />);
  return { backend, user };
}
