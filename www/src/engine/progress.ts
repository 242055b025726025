import type { AccessEvent, Commit } from "access-engine";

/** The parts of the story that people play. */
export type Chapter = "policy" | "request" | "approve" | "break-glass" | "end";

/** Which parts of the story the visitor has seen happen since the seed. */
export class Progress {
  readonly #done = new Set<Chapter>();
  #version = 0;

  has(chapter: Chapter): boolean {
    return this.#done.has(chapter);
  }

  /** Starts to look after this version. */
  since(version: number): void {
    this.#version = version;
  }

  learn(commits: readonly Commit[]): void {
    for (const commit of commits.filter(({ version }) => version > this.#version)) {
      this.#version = commit.version;
      for (const event of commit.events) {
        const chapter = chapterOf(event);
        if (chapter !== undefined) this.#done.add(chapter);
      }
    }
  }
}

function chapterOf(event: AccessEvent): Chapter | undefined {
  switch (event.type) {
    case "policyCreated":
    case "policyUpdated":
      return "policy";
    case "requestMade":
      return "request";
    case "requestApproved":
      return event.closing.origin === "break_glass" ? "break-glass" : "approve";
    case "grantEnded":
      return "end";
    default:
      return undefined;
  }
}
