import { Package, Plug } from "lucide-react";

import type { ErrorView } from "@/ipc/bindings/ErrorView";
import { Badge, Dot, type Tone } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Banner, CardSkeleton, Empty, ErrorNote, Loading, Note, Progress, Skeleton } from "@/ui/Feedback";
import { Step, Steps, Tick } from "@/ui/Stepper";

import { Part } from "./Gallery";

const TONES: readonly Tone[] = ["good", "warn", "bad", "info", "neutral", "accent"];
const BANNERS = ["info", "warn", "bad"] as const;
const error = (code: ErrorView["code"]): ErrorView => ({ code, message: "the technical line", retry_at: null, supplier: { code: "1600101", message: "Invalid API key", request_id: "4d1f09c2" } });

export function Feedbacks() {
  return (
    <>
      <Part name="Badge">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone} dot>
            {tone}
          </Badge>
        ))}
        <Dot tone="good" />
        <Dot tone="warn" pulse />
      </Part>
      <Part name="Banner">
        {BANNERS.map((tone) => (
          <div key={tone} className="w-full">
            <Banner tone={tone}>Something that holds for the whole window.</Banner>
          </div>
        ))}
      </Part>
      <Part name="Note">
        <ErrorNote className="w-full" error={error("wrong_key")} action={<Button size="sm">Do this</Button>} />
        <ErrorNote className="w-full" error={error("network")} />
        <Note className="w-full" tone="warn" code="example" icon={<Plug aria-hidden />} title="Something to know">
          <p>And what it means.</p>
        </Note>
      </Part>
      <Part name="Stepper">
        <div className="w-full rounded-lg border bg-surface">
          <Steps label="Steps">
            <Step number={1} state="done" title="Done" note="It keeps its place" />
            <Step number={2} state="now" title="Now">
              <ul className="mt-2 space-y-1.5">
                <Tick state="done">Done</Tick>
                <Tick state="failed" detail="and why">
                  Failed
                </Tick>
                <Tick state="now">Under way</Tick>
                <Tick state="waiting">Waiting</Tick>
              </ul>
            </Step>
            <Step number={3} state="later" title="Later" last />
          </Steps>
        </div>
      </Part>
      <Part name="Progress">
        <Progress className="w-60" label="Known" value={0.4} />
        <Progress className="w-60" label="Unknown" value={null} />
      </Part>
      <Part name="Skeleton">
        <Skeleton className="h-3 w-40" />
        <CardSkeleton className="w-72" lines={3} />
        <Loading className="w-full" rows={2} />
      </Part>
      <Part name="Empty state">
        <Empty icon={<Package />} title="Nothing here yet" action={<Button look="primary">What to do first</Button>}>
          And why.
        </Empty>
      </Part>
    </>
  );
}
