import type { AccessEvent, Commit, Sought } from "../types.js";

/** What commits are found by, beside their times: an id, and what it has to do with the commit. */
export interface Mark {
  role: "about" | "by" | "person" | "erased";
  id: string;
}

/** What a commit is found by; each mark once. */
export function marksOf({ actor, events }: Commit): Mark[] {
  const by: Mark[] = typeof actor === "string" ? [] : [{ role: "by", id: actor.subject }];
  const marks = new Map([...by, ...events.flatMap(marksOfEvent)].map((mark) => [`${mark.role} ${mark.id}`, mark]));
  return [...marks.values()];
}

function marksOfEvent(event: AccessEvent): Mark[] {
  const { requestId, grantId, delegationId, policyId, permissionId, grant, delegation, policy, permission, content } = event as Partial<Told>;
  const ids = [requestId, grantId, delegationId, policyId, permissionId, grant?.id, grant?.requestId, delegation?.id, policy?.id, permission?.id];
  const people = [content?.requester, grant?.holder];
  const marks = (role: Mark["role"], of: (string | undefined)[]): Mark[] => of.flatMap((id) => (id === undefined ? [] : [{ role, id }]));
  const erased = event.type === "subjectErased" ? [event.subjectId] : [];
  return [...marks("about", ids), ...marks("person", people), ...marks("erased", erased)];
}

/** What an event may name. */
interface Told extends Partial<Record<"requestId" | "grantId" | "delegationId" | "policyId" | "permissionId", string>> {
  grant: { id: string; requestId: string; holder: string };
  delegation: { id: string };
  policy: { id: string };
  permission: { id: string };
  content: { requester: string };
}

/** Whether a commit tells of an erasure: snapshots of before may have what was erased. */
export function erases(commit: Commit): boolean {
  return marksOf(commit).some(({ role }) => role === "erased");
}

/** The earliest time that a commit tells of: what a tick finds due was due before. */
export function earliestOf({ at, events }: Commit): number {
  const times = (events as { at?: number; end?: { at: number } }[]).flatMap((event) => [event.at ?? at, event.end?.at ?? at]);
  return Math.min(at, ...times);
}

/** By what commits are sought, beside their versions. */
export function keysOf({ about, by, person, from, until }: Sought): [name: "about" | "by" | "person" | "from" | "until", value: string | number][] {
  const all = Object.entries({ about, by, person, from, until }) as ReturnType<typeof keysOf>;
  return all.filter(([, value]) => value !== undefined);
}

/** An index in memory. */
export class MemoryIndex {
  readonly #versions = new Map<string, number[]>();
  readonly #grants = new Map<string, string[]>();
  readonly #times: { at: number; earliest: number }[] = [];

  /** Adds the commit that follows. */
  add(commit: Commit): void {
    for (const { role, id } of marksOf(commit)) push(this.#versions, `${role} ${id}`, commit.version);
    for (const event of commit.events) if (event.type === "grantCreated") push(this.#grants, event.grant.requestId, event.grant.id);
    this.#times[commit.version] = { at: commit.at, earliest: earliestOf(commit) };
  }

  /** The versions that are sought, in order. */
  find({ first, last, about, by, person, from = -Infinity, until = Infinity, newestFirst, limit }: Sought): number[] {
    const lists: number[][] = [];
    if (about !== undefined) lists.push([about, ...(this.#grants.get(about) ?? [])].flatMap((id) => this.#of("about", id)));
    if (by !== undefined) lists.push(this.#of("by", by));
    if (person !== undefined) lists.push(this.#of("person", person));
    const [some = [...this.#times.keys()], ...others] = lists;
    const sets = others.map((list) => new Set(list));
    const found = [...new Set(some)].filter((version) => {
      const time = this.#times[version];
      return first <= version && version <= last && time && from <= time.at && time.earliest < until && sets.every((set) => set.has(version));
    });
    const versions = found.toSorted((one, other) => one - other);
    return newestFirst ? versions.slice(-limit) : versions.slice(0, limit);
  }

  #of(role: Mark["role"], id: string): number[] {
    return this.#versions.get(`${role} ${id}`) ?? [];
  }
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
