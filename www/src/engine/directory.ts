import type { AccessEvent, Commit, Group, Principal, Subject } from "access-engine";

/** What stands where something was erased. */
export const ERASED = "[erased]";

type Texts = NonNullable<Commit["texts"]>;

/** A subject as it was synced in: in a commit's events commitments stand for what it is called. */
function inWords(subject: Subject, texts: Texts): Subject {
  const said = (commitment: unknown): string | undefined => texts[String(commitment)]?.text;
  const { properties, email, ...others } = subject;
  return {
    ...others,
    name: said(subject.name) ?? ERASED,
    ...(email !== undefined && { email: said(email) }),
    ...(properties && { properties: JSON.parse(said(properties) ?? "{}") }),
  };
}

function isSame(one: Principal, other: Principal): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

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
      for (const event of commit.events) this.#apply(event, commit.texts ?? {});
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

  #apply(event: AccessEvent, texts: Texts): void {
    switch (event.type) {
      case "projectCreated":
        this.administrators = event.administrators.map(({ id }) => id);
        for (const subject of event.administrators) this.subjects.set(subject.id, inWords(subject, texts));
        break;
      case "subjectUpserted":
        this.subjects.set(event.subject.id, inWords(event.subject, texts));
        break;
      case "subjectRemoved":
        this.#remove(event.subjectId);
        break;
      case "subjectErased":
        this.#erase(event.subjectId);
        break;
      case "groupUpserted":
        this.groups.set(event.group.id, event.group);
        break;
      case "groupRenamed":
        this.#change(event.groupId, (group) => ({ ...group, name: event.name }));
        break;
      case "membersAdded":
        this.#change(event.groupId, (group) => ({ ...group, members: [...group.members, ...event.members] }));
        break;
      case "membersRemoved":
        this.#change(event.groupId, (group) => ({
          ...group,
          members: group.members.filter((member) => !event.members.some((gone) => isSame(gone, member))),
        }));
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

  #erase(id: string): void {
    const known = this.subjects.get(id);
    // Of an id that somebody else has by now, it was the one before.
    if (!known?.disabled) return;
    const { email: _email, properties: _properties, ...subject } = known;
    this.subjects.set(id, { ...subject, name: ERASED });
  }

  #change(id: string, change: (group: Group) => Group): void {
    const group = this.groups.get(id);
    if (group) this.groups.set(id, change(group));
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
