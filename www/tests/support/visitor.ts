import { writeFileSync } from "node:fs";
import { type Locator, type Page, test as base, expect } from "@playwright/test";
import { layoutFaults } from "./layout.ts";

/** A new request that has its target already. */
export const ASK_WEB = `/requests/new?environment=production&path=${encodeURIComponent("/web/**")}&actions=${encodeURIComponent('["read"]')}`;

/** Where the pictures of the documentation are. */
export const PICTURES = "../docs/screenshots";

/** Of a page that is taller than this its beginning is enough. */
const TALLEST = 2000;

/** Somebody who drives the demo by what its page says. */
export class Visitor {
  readonly page: Page;
  readonly #width: string;
  #stages = 0;

  constructor(page: Page, width: string) {
    this.page = page;
    this.#width = width;
  }

  static get address(): string {
    const address = process.env["DEMO_URL"];
    if (address === undefined) throw new Error("the page is not served");
    return address;
  }

  async open(path = ""): Promise<void> {
    await this.page.goto(`${Visitor.address}${path === "" ? "" : `#${path}`}`);
    // The page before stays until the next one is loaded.
    await this.page.evaluate(() => new Promise(requestAnimationFrame));
    await expect(this.page.locator("main:not([aria-busy=true])")).toBeVisible();
    await expect(this.page.getByRole("heading", { level: 1 })).toBeVisible();
  }

  /** Changes who the visitor is. */
  async become(name: string): Promise<void> {
    await this.page.getByRole("button", { name: /^You are / }).click();
    await this.page.getByRole("menuitemradio", { name }).click();
    await expect(this.page.getByRole("button", { name: `You are ${name}` })).toBeVisible();
    await expect(this.page.getByRole("menu")).toHaveCount(0);
  }

  /** Goes to a page by the navigation. */
  async goTo(name: string): Promise<void> {
    const menu = this.page.getByRole("button", { name: "Open the menu" });
    if (await menu.isVisible()) await menu.click();
    await this.page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: new RegExp(`^${name}`) }).click();
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
  }

  async moveClock(step: "+ 15 min" | "+ 1 hour" | "+ 1 day"): Promise<void> {
    await this.page.getByRole("button", { name: /Move the clock forward$/ }).click();
    await this.page.getByRole("button", { name: step }).click();
    await this.page.keyboard.press("Escape");
  }

  /** A field by its label; an asterisk behind the label does not matter. */
  field(label: string): Locator {
    return this.page.getByLabel(new RegExp(`^${label}(?: \\*)?$`)).and(this.page.locator("input:not([type=radio]), textarea"));
  }

  /** The strip that says what a command did. */
  async reads(text: string | RegExp): Promise<void> {
    await expect(this.page.getByText(text).filter({ visible: true }).first()).toBeVisible();
  }

  /** One stage of the story: what it shows is whole, in both colour schemes, and is kept as a picture. */
  async stage(name: string): Promise<void> {
    this.#stages += 1;
    const number = String(this.#stages).padStart(2, "0");
    const info = base.info();
    const picture = `${info.titlePath[0]?.split(".")[0]}-${this.#width}-${number}-${name}`;
    await this.#isWhole(picture, "dark");
    await this.#isWhole(picture, "light");
  }

  async #isWhole(picture: string, colorScheme: "light" | "dark"): Promise<void> {
    await this.page.emulateMedia({ colorScheme });
    await this.page.mouse.move(0, 0);
    await this.page.evaluate(atRest);
    // A frame paints by itself, later than its page: the first picture makes it.
    if (this.page.frames().length > 1) await this.page.screenshot({ fullPage: true });
    expect(await layoutFaults(this.page), `layout of ${picture}, ${colorScheme}`).toEqual([]);
    await this.page.screenshot({ path: `test-results/screens/${picture}-${colorScheme}.png`, fullPage: true });
    if (process.env["PICTURES"] !== undefined) await this.#keep(`${picture}-${colorScheme}`);
  }

  /** Keeps it for the documentation: a page and the story as one first sees them, and a state whole unless it is very long. */
  async #keep(picture: string): Promise<void> {
    const { width, height } = this.page.viewportSize() ?? { width: 0, height: 0 };
    const tall = /^(?:pages|story-1440)-/u.test(picture) ? 0 : await this.page.evaluate(() => document.documentElement.scrollHeight);
    // What is fixed to an edge of the window stays there.
    await this.page.setViewportSize({ width, height: Math.max(height, Math.min(tall, TALLEST)) });
    const session = await this.page.context().newCDPSession(this.page);
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 62 });
    await this.page.setViewportSize({ width, height });
    writeFileSync(`${PICTURES}/${picture}.webp`, Buffer.from(data, "base64"));
  }
}

/** Goes to the top, and lets what moves come to its end; a promise that an animation makes of it can be lost with the animation. */
async function atRest(): Promise<void> {
  window.scrollTo(0, 0);
  for (;;) {
    const moving = document.getAnimations().filter((it) => it.playState === "running" && it.effect?.getComputedTiming().iterations !== Infinity);
    if (moving.length === 0) return;
    // oxlint-disable-next-line no-await-in-loop -- frame after frame
    await new Promise(requestAnimationFrame);
  }
}

/** A visitor whose page may say nothing on the console and talk to nobody else. */
export const test = base.extend<{ visitor: Visitor }>({
  visitor: async ({ page }, use, info) => {
    const faults: string[] = [];
    page.on("console", (message) => {
      const isOurs = message.text() !== "Service Worker registration blocked by Playwright";
      if (isOurs && (message.type() === "error" || message.type() === "warning")) faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("request", (request) => {
      const address = request.url();
      const isOwn = address.startsWith(Visitor.address) || /^(?:data|blob|about):/u.test(address);
      if (!isOwn) faults.push(`asked for ${address}`);
    });
    await use(new Visitor(page, info.project.name));
    expect(faults).toEqual([]);
  },
});

export { expect };
