import { expect, type Locator, type Page } from "@playwright/test";

const MOST = 150;

/** Somebody without a mouse. */
export class Keys {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Goes on until this has the focus; whatever has it on the way is seen. */
  async tabTo(wanted: Locator, key: "Tab" | "ArrowDown" = "Tab"): Promise<void> {
    await expect(wanted).toBeVisible();
    const unseen = new Set<string>();
    for (let pressed = 0; pressed < MOST; pressed += 1) {
      // oxlint-disable no-await-in-loop -- one key after the other
      const { reached, hidden } = await wanted.evaluate(focusNow);
      if (hidden !== undefined) unseen.add(hidden);
      if (reached) return expect([...unseen], "focus that is not seen").toEqual([]);
      await this.#page.keyboard.press(key);
      // oxlint-enable no-await-in-loop
    }
    throw new Error(`${wanted} is not reached by ${key}`);
  }

  async press(wanted: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
    await this.tabTo(wanted);
    await this.#page.keyboard.press(key);
  }

  async write(field: Locator, text: string): Promise<void> {
    await this.tabTo(field);
    await this.#page.keyboard.press("Control+A");
    await this.#page.keyboard.type(text);
  }

  /** Chooses from the list of a field. */
  async choose(field: Locator, option: string): Promise<void> {
    await this.tabTo(field);
    await this.#page.keyboard.type(option.split(" ")[0] ?? "");
    await expect(this.#page.getByRole("option", { name: option })).toBeVisible();
    for (let pressed = 0; pressed < MOST; pressed += 1) {
      // oxlint-disable no-await-in-loop -- one key after the other
      await this.#page.keyboard.press("ArrowDown");
      const at = await field.getAttribute("aria-activedescendant");
      if (at !== null && (await this.#page.locator(`[id="${at}"]`).textContent())?.includes(option)) break;
      // oxlint-enable no-await-in-loop
    }
    await this.#page.keyboard.press("Enter");
    await this.#page.keyboard.press("Escape");
  }
}

/** Whether the focus is where it is wanted; and what has it, where no outline shows that: at itself, or at what is drawn for it. */
function focusNow(wanted: Element): { reached: boolean; hidden?: string } {
  const focused = document.activeElement ?? document.body;
  const drawn = [focused, focused.nextElementSibling, focused.parentElement, focused.closest(".mantine-Input-wrapper")];
  const isSeen = focused.matches("body, main, iframe, [tabindex='-1']") || drawn.some((it) => it !== null && getComputedStyle(it).outlineStyle !== "none");
  return { reached: focused === wanted, ...(isSeen ? {} : { hidden: focused.outerHTML.slice(0, 160) }) };
}
