import { useCallback, useEffect, useState } from "react";

/** Copies text to the clipboard and remembers for two seconds that it did. */
export function useCopy(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = useCallback((text: string) => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  }, []);
  return [copied, copy];
}
