/* oxlint-disable unicorn/consistent-function-scoping -- all of it is sent to the page, which knows nothing outside */
import type { Page } from "@playwright/test";

/** What is wrong with how a page is laid out: overflow, clipped text, controls on each other. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const name = (element: Element): string =>
      `<${element.tagName.toLowerCase()}> ${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40)}`;
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
    // One pixel wide or not at all: for screen readers only.
    const isForReadersOnly = (element: Element): boolean => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { width, height } = at.getBoundingClientRect();
        if ((width <= 1 || height <= 1) && getComputedStyle(at).overflow !== "visible") return true;
      }
      return element.closest(".skip") !== null;
    };

    // What scrolls sideways by keys, too.
    const isScrolled = (element: Element): boolean => element.closest("pre[tabindex='0']") !== null;

    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);

    const clips = (element: Element): boolean => /hidden|clip/u.test(getComputedStyle(element).overflow);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const element = text.parentElement;
      if (element === null || text.textContent?.trim() === "" || /^(?:STYLE|SCRIPT|NOSCRIPT|OPTION)$/u.test(element.tagName)) continue;
      if (!isShown(element) || isForReadersOnly(element) || isScrolled(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) {
        if (box.left < -1 || box.right > root.clientWidth + 1) faults.push(`text leaves the page: ${name(element)}`);
        for (let around: Element | null = element; around !== null && around !== document.body; around = around.parentElement) {
          const edge = around.getBoundingClientRect();
          const isCut = box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 2 || box.bottom > edge.bottom + 2;
          if (clips(around) && isCut) faults.push(`text is cut off: ${name(element)}`);
        }
      }
    }

    for (const field of document.querySelectorAll<HTMLInputElement>("input[type=text], input:not([type]), input[type=url]")) {
      if (isShown(field) && field.scrollWidth > field.clientWidth + 1) faults.push(`a field cuts off its text: ${field.value}`);
    }

    const layer = (element: Element): Element | null => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        if (/fixed|sticky/u.test(getComputedStyle(at).position) || at.hasAttribute("data-portal")) return at;
      }
      return null;
    };
    // Where a control is drawn by its label, the label is what is pressed.
    const isPressed = (element: Element): boolean =>
      !(element instanceof HTMLLabelElement) || (element.control !== null && !isShown(element.control));
    const controls = [...document.querySelectorAll("a[href], button, input, select, textarea, label, iframe, [role^=menuitem]")]
      .filter((it) => isShown(it) && !isForReadersOnly(it) && isPressed(it))
      .map((element) => ({ element, box: element.getBoundingClientRect(), layer: layer(element) }))
      .filter(({ box }) => box.width > 4 && box.height > 4);
    for (const [index, one] of controls.entries()) {
      for (const other of controls.slice(index + 1)) {
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        const isNested = one.element.contains(other.element) || other.element.contains(one.element);
        // A field's own arrow or cross lies in the field.
        const field = one.element.closest(".mantine-Input-wrapper");
        const isOneField = field !== null && field.contains(other.element);
        if (wide > 1 && high > 1 && one.layer === other.layer && !isNested && !isOneField) {
          faults.push(`${name(one.element)} lies on ${name(other.element)}`);
        }
      }
    }
    return [...new Set(faults)];
  });
}
