/** Choosing one of several: with the keys alone, by the letters it begins with, and without losing the place in the page. */
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";

import { Select } from "@/ui/Select";

const CHOICES = [
  { value: "", text: "Aucun" },
  { value: "de", text: "Allemagne" },
  { value: "be", text: "Belgique" },
  { value: "es", text: "Espagne" },
  { value: "us", text: "États-Unis" },
] as const;

function Countries() {
  const [value, setValue] = useState<(typeof CHOICES)[number]["value"]>("be");
  return <Select label="Pays" value={value} choices={CHOICES} onChange={setValue} />;
}

function open() {
  const user = userEvent.setup();
  render(<Countries />);
  return { user, box: screen.getByRole("combobox", { name: "Pays Belgique" }) };
}

const at = () => document.activeElement?.textContent;

describe("a choice of several", () => {
  it("opens on what is chosen, moves with the arrows, takes Enter and gives the focus back", async () => {
    const { user, box } = open();
    box.focus();
    await user.keyboard("{ArrowDown}");
    await screen.findByRole("listbox", { name: "Pays" });
    expect(at()).toBe("Belgique");
    expect(screen.getByRole("option", { selected: true })).toHaveTextContent("Belgique");
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
    expect(at()).toBe("États-Unis");
    await user.keyboard("{Home}");
    expect(at()).toBe("Aucun");
    await user.keyboard("{ArrowDown}{Enter}");
    expect(screen.queryByRole("listbox")).toBeNull();
    expect(box).toHaveTextContent("Allemagne");
    expect(document.activeElement).toBe(box);
  });

  it("finds a choice by its letters, accents or not, and goes through those that begin with the same one", async () => {
    const { user, box } = open();
    await user.click(box);
    await screen.findByRole("listbox");
    await user.keyboard("e");
    expect(at()).toBe("Espagne");
    await user.keyboard("e");
    expect(at()).toBe("États-Unis");
    await user.keyboard("{Enter}");
    expect(box).toHaveTextContent("États-Unis");
  });

  it("changes nothing when Escape is pressed, and takes what has no value too", async () => {
    const { user, box } = open();
    await user.click(box);
    await user.keyboard("{End}{Escape}");
    expect(screen.queryByRole("listbox")).toBeNull();
    expect(box).toHaveTextContent("Belgique");
    await user.click(box);
    await user.click(await screen.findByRole("option", { name: "Aucun" }));
    expect(box).toHaveTextContent("Aucun");
  });
});
