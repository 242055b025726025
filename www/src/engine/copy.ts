import type { Commit } from "access-engine";
import { linesOf } from "./project.ts";
import { recallInTab, rememberInTab } from "./tab.ts";

const IN_ADDRESS = /[?&]project=([^&]*)$/u;
const IN_TAB = "copy";

/** A project as an address carries it: its record, and what time it was. */
export interface Packed {
  readonly at: number;
  readonly file: string;
}

/** What a link carries is no project. */
export class BrokenLink extends Error {}

/** The project that the address carries, from which it is taken; or the one that this tab has taken from it before. */
export function packedHere(): string | undefined {
  const [end, packed] = IN_ADDRESS.exec(location.hash) ?? [];
  if (end === undefined) return recallInTab(IN_TAB);
  history.replaceState(history.state, "", location.hash.slice(0, -end.length));
  rememberInTab(IN_TAB, packed);
  return packed;
}

export function isCopyHere(): boolean {
  return recallInTab(IN_TAB) !== undefined;
}

/** What the tab opens when it is reloaded; without one the project of this browser. */
export function keepInTab(packed: string | undefined): void {
  rememberInTab(IN_TAB, packed);
}

/** The address of the page that is shown, with a project. */
export function addressOf(packed: string): string {
  const page = location.hash || "#/";
  return `${location.href.split("#")[0]}${page}${page.includes("?") ? "&" : "?"}project=${packed}`;
}

/** A link with a project is followed: where only the end of an address changes, a browser loads nothing. */
export function followAddress(): void {
  addEventListener("hashchange", () => {
    if (IN_ADDRESS.test(location.hash)) location.reload();
  });
}

export async function pack(commits: readonly Commit[], at: number): Promise<string> {
  const bytes = await through(new Blob([`${at}\n${linesOf(commits)}`]), new CompressionStream("deflate-raw"));
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export async function unpack(text: string): Promise<Packed> {
  const content = await inflated(text).catch((cause: unknown) => {
    throw new BrokenLink("it cannot be unpacked", { cause });
  });
  const end = content.indexOf("\n");
  const at = Number(content.slice(0, end));
  if (Number.isNaN(new Date(at).getTime())) throw new BrokenLink("it names no time");
  return { at, file: content.slice(end + 1) };
}

async function inflated(text: string): Promise<string> {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(await through(new Blob([bytes]), new DecompressionStream("deflate-raw")));
}

function through(blob: Blob, stream: CompressionStream | DecompressionStream): Promise<ArrayBuffer> {
  return new Response(blob.stream().pipeThrough(stream)).arrayBuffer();
}
