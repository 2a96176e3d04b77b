import { useState } from "react";

import { Badge } from "@/ui/Badge";
import { CopyField } from "@/ui/Copy";
import { Checkbox, Field, SecretField } from "@/ui/Field";
import { Select } from "@/ui/Select";

import { Part } from "./Gallery";

export function Fields() {
  const [text, setText] = useState("glass jar");
  const [country, setCountry] = useState("FR");
  const [ticked, setTicked] = useState(true);
  return (
    <>
      <Part name="Field">
        <Field className="w-60" label="Empty" placeholder="What to type" />
        <Field className="w-60" label="With a hint" hint="Said under it" value={text} onChange={(event) => setText(event.target.value)} />
        <Field className="w-60" label="With an end" mono readOnly value="500000" trailing={<Badge tone="good">App Key</Badge>} />
        <Checkbox label="Ticked" hint="And why" checked={ticked} onChange={(event) => setTicked(event.target.checked)} />
      </Part>
      <Part name="Secret field">
        <SecretField className="w-90" label="App Secret" readOnly value="made-up-secret-0001" />
      </Part>
      <Part name="Copy field">
        <div className="w-90">
          <CopyField text="http://127.0.0.1:8765/aliexpress/callback" />
        </div>
      </Part>
      <Part name="Select">
        <Select
          className="w-60"
          label="Country"
          testId="gallery-select"
          value={country}
          choices={[{ value: "FR", text: "France" }, { value: "CD", text: "Congo - Kinshasa" }]}
          onChange={setCountry}
        />
        <Select className="w-60" label="Disabled" disabled value="" choices={[{ value: "", text: "No preference" }]} onChange={() => undefined} />
      </Part>
    </>
  );
}
