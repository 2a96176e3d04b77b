import { CopyButton } from "@/ui/Copy";

/** Words to run or to type elsewhere, folded away until asked for. */
export function Script({ title, note, text }: { title: string; note: string; text: string }) {
  return (
    <details className="mt-2.5 text-sm">
      <summary className="w-fit rounded-sm text-muted hover:text-text">{title}</summary>
      <p className="mt-1.5">{note}</p>
      <pre tabIndex={0} aria-label={title} className="mt-1.5 max-h-52 overflow-auto rounded-sm bg-sunken p-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere">{text}</pre>
      <CopyButton text={text} className="mt-1.5" />
    </details>
  );
}
