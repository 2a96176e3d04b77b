import { useCallback, useEffect, useState } from "react";

/** Whether the text is on the clipboard; a webview may refuse, and then the button simply does not say "copied". */
const write = (text: string): Promise<boolean> =>
  navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );

/** Copies text to the clipboard and remembers for two seconds that it did. */
export function useCopy(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = useCallback((text: string) => {
    void write(text).then(setCopied);
  }, []);
  return [copied, copy];
}
