import type { AccessEvent, Commit, Group, Principal, Subject } from "access-engine";

/**
 * The host's own address book: what it has synced into the engine, read back from the commits that pass through it.
 */
export class Directory {
  readonly subjects = new Map<string, Subject>();
  readonly groups = new Map<string, Group>();
  administrators: readonly string[] = [];
  #version = 0;

  learn(commits: readonly Commit[]): void {
    for (const commit of commits.filter(({ version }) => version > this.#version)) {
      this.#version = commit.version;
      for (const event of commit.events) this.#apply(event);
    }
  }

  name(id: string): string {
    return this.subjects.get(id)?.name ?? id;
  }

  /** The groups that have the subject as a direct member. */
  groupsOf(id: string): Group[] {
    return [...this.groups.values()].filter(({ members }) => members.some((it) => "subject" in it && it.subject === id));
  }

  principalName(principal: Principal): string {
    return "subject" in principal
      ? this.name(principal.subject)
      : (this.groups.get(principal.group)?.name ?? principal.group);
  }

  #apply(event: AccessEvent): void {
    switch (event.type) {
      case "projectCreated":
        this.administrators = event.administrators.map(({ id }) => id);
        for (const subject of event.administrators) this.subjects.set(subject.id, subject);
        break;
      case "subjectUpserted":
        this.subjects.set(event.subject.id, event.subject);
        break;
      case "subjectRemoved":
        this.#remove(event.subjectId);
        break;
      case "groupUpserted":
        this.groups.set(event.group.id, event.group);
        break;
      case "groupRemoved":
        this.groups.delete(event.groupId);
        break;
      case "administratorsSet":
        this.administrators = event.administrators;
        break;
      default:
    }
  }

  #remove(id: string): void {
    const subject = this.subjects.get(id);
    if (subject) this.subjects.set(id, { ...subject, disabled: true });
    for (const group of this.groups.values()) {
      const members = group.members.filter((it) => "group" in it || it.subject !== id);
      this.groups.set(group.id, { ...group, members });
    }
  }
}
