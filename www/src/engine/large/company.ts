import type { DirectoryChange, PolicyTerms, Principal, Step, Subject } from "access-engine";
import { ADMINISTRATOR } from "../company.ts";
import { Draw } from "./draw.ts";
import { DOMAINS, ENVIRONMENTS, FIRST_NAMES, FOLDERS, LAST_NAMES, SERVICES } from "./words.ts";

const TEAM = 17;
const LEADS = 3;
const SECURITY = 12;

/** Those who work on a part of the product; the first lead it. */
export interface Team {
  readonly domain: string;
  readonly people: readonly Subject[];
}

const names = LAST_NAMES.flatMap((last) => FIRST_NAMES.map((first) => `${first} ${last}`));
const draw = new Draw(7);

/** Nobody has the name of somebody else. */
function person(manager?: string): Subject {
  const [name = ""] = names.splice(draw.below(names.length), 1);
  const id = name.normalize("NFD").toLowerCase().replaceAll(/[^a-z ]/gu, "").replace(" ", ".");
  return { type: "user", id, name, email: `${id}@fernwood.example`, ...(manager !== undefined && { manager }) };
}

function team(domain: string): Team {
  const lead = person(ADMINISTRATOR.id);
  return { domain, people: [lead, ...Array.from({ length: TEAM - 1 }, () => person(lead.id))] };
}

const security = Array.from({ length: SECURITY }, () => person(ADMINISTRATOR.id));
export const TEAMS: readonly Team[] = DOMAINS.map(team);

const members = (people: readonly Subject[]): Principal[] => people.map(({ id }) => ({ subject: id }));
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Some hundred people, their groups and managers. */
export const LARGE_DIRECTORY: readonly DirectoryChange[] = [
  ...[...security, ...TEAMS.flatMap(({ people }) => people)].map((subject) => ({ upsertSubject: subject })),
  { upsertGroup: { id: "security", name: "Security", members: members(security) } },
  { upsertGroup: { id: "on-call", name: "On call", members: members(TEAMS.flatMap(({ people }) => people.slice(-1))) } },
  ...TEAMS.flatMap(({ domain, people }) => [
    { upsertGroup: { id: domain, name: capital(domain), members: members(people) } },
    { upsertGroup: { id: `${domain}-leads`, name: `${capital(domain)} leads`, members: members(people.slice(0, LEADS)) } },
  ]),
];

/** Production wants leads, and security behind them for what opens doors; elsewhere the manager is enough. */
function stepsOf(domain: string, folder: string, environment: string): Step[] {
  if (environment !== "production") return [{ quorums: [{ approvers: ["manager", { group: `${domain}-leads` }], required: 1 }] }];
  const leads: Step = { quorums: [{ approvers: [{ group: `${domain}-leads` }], required: 1 }] };
  return ["certificates", "tokens", "secrets"].includes(folder) ? [leads, { quorums: [{ approvers: [{ group: "security" }], required: 1 }] }] : [leads];
}

/** One policy for each folder of each service in each environment: as many as the engine takes, but for some to be made. */
export const LARGE_POLICIES: readonly PolicyTerms[] = ENVIRONMENTS.flatMap((environment) =>
  DOMAINS.flatMap((domain) => SERVICES.flatMap((service) => FOLDERS.map((folder) => policy(environment, domain, service, folder)))),
);

function policy(environment: string, domain: string, service: string, folder: string): PolicyTerms {
  return {
    name: `${capital(domain)} ${service}: ${folder} in ${environment}`,
    targets: { environments: [environment], paths: [`/${domain}/${service}/${folder}/**`] },
    actions: "all",
    steps: stepsOf(domain, folder, environment),
    ...(environment === "production" && { breakGlass: { bypassers: [{ group: "on-call" }], maxDuration: "PT1H" }, justification: "required" }),
    maxDuration: "P60D",
  };
}
