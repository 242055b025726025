import { Cabinet } from "./cabinet.ts";
import type { Project } from "./project.ts";
import { replaceRecord } from "./store.ts";

/** Two tabs, or a tab and its worker, must not both work on the project of this browser. */
export function alone<T>(work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? navigator.locks.request(Cabinet.NAME, work) : work();
}

/** Puts a project in place of the one of this browser; every other tab opens it anew. */
export async function putInPlace(project: Project, ahead: number): Promise<void> {
  await alone(async () => {
    const cabinet = await Cabinet.open();
    await keep(project, cabinet, ahead);
    cabinet.tell("gone");
    cabinet.close();
  });
}

export async function keep({ commits, mails }: Project, cabinet: Cabinet, ahead: number): Promise<void> {
  if (cabinet.lasts) await replaceRecord(commits);
  await cabinet.replace(mails, { ahead, seededVersion: commits.length });
}
