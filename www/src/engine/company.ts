import type { Approver, DirectoryChange, PermissionTerms, PolicyTerms, Principal, Quorum, Subject } from "access-engine";

export const PROJECT = "fernwood-pay";
export const COMPANY = "Fernwood Pay";
export const TICKETS = "https://tickets.fernwood.example";

/** Somebody the visitor can be. */
export interface Persona {
  readonly id: string;
  /** What that person is, in a word or two. */
  readonly role: string;
  /** What that person is here for. */
  readonly part: string;
}

/** Whoever administers, whether of the cast or not. */
export const ADMINISTERS = { role: "administrator", part: "Makes policies and keeps the directory" };

export const PERSONAS: readonly Persona[] = [
  { id: "ada", ...ADMINISTERS },
  { id: "noor", role: "developer", part: "Works on payments and asks for access" },
  { id: "mira", role: "security", part: "Reviews what developers ask for" },
  { id: "sam", role: "security", part: "Reviews what developers ask for" },
  { id: "theo", role: "team lead", part: "Noor’s manager" },
  { id: "remy", role: "on call", part: "Handles emergencies in payments" },
];

const user = (id: string, name: string, manager?: string): Subject => ({
  type: "user",
  id,
  name,
  email: `${id}@fernwood.example`,
  ...(manager === undefined ? {} : { manager }),
});

export const ADMINISTRATOR = user("ada", "Ada Brandt");

const people: readonly Subject[] = [
  user("mira", "Mira Kovač", "ada"),
  user("sam", "Sam Oyelaran", "ada"),
  user("ines", "Inês Duarte", "ada"),
  user("theo", "Theo Lindqvist", "ada"),
  user("jonas", "Jonas Weber", "ada"),
  user("hana", "Hana Sato", "ada"),
  user("noor", "Noor Haddad", "theo"),
  user("lena", "Lena Petit", "theo"),
  user("remy", "Remy Castillo", "theo"),
  user("kofi", "Kofi Mensah", "theo"),
  user("elif", "Elif Demir", "jonas"),
  user("dario", "Dario Conti", "jonas"),
  user("yara", "Yara Nasser", "jonas"),
  user("piotr", "Piotr Zielak", "jonas"),
];

const subjects = (...ids: string[]): Principal[] => ids.map((id) => ({ subject: id }));

export const DIRECTORY: DirectoryChange[] = [
  ...people.map((subject) => ({ upsertSubject: subject })),
  { upsertGroup: { id: "security", name: "Security", members: subjects("mira", "sam", "ines") } },
  { upsertGroup: { id: "leads", name: "Team leads", members: subjects("theo", "jonas") } },
  { upsertGroup: { id: "on-call", name: "On call", members: subjects("remy", "kofi") } },
  { upsertGroup: { id: "developers", name: "Developers", members: subjects("noor", "lena", "remy", "kofi", "elif", "dario") } },
  { upsertGroup: { id: "data", name: "Data", members: subjects("yara", "piotr") } },
];

/** Who has left since, and approves nothing any more. */
export const LEFT: Subject = { ...user("piotr", "Piotr Zielak", "jonas"), disabled: true };

const group = (id: string): Approver => ({ group: id });
const of = (required: number, ...approvers: Approver[]): Quorum => ({ approvers, required });
const security = group("security");
const inProduction = (path: string): PolicyTerms["targets"] => ({ environments: ["production"], paths: [path] });

export const POLICIES: readonly PolicyTerms[] = [
  {
    name: "Payments in production",
    targets: inProduction("/payments/**"),
    actions: "all",
    steps: [{ quorums: [of(2, security)] }, { quorums: [of(1, group("leads"))] }],
    breakGlass: { bypassers: [{ group: "on-call" }], maxDuration: "PT1H" },
    maxDuration: "PT8H",
    requestTtl: "P4D",
    justification: "required",
  },
  {
    name: "Production",
    targets: inProduction("/**"),
    actions: "all",
    steps: [{ quorums: [of(1, security), of(1, "manager")] }],
    maxDuration: "P1D",
    justification: "required",
  },
  {
    name: "Reading anywhere",
    targets: { environments: ["*"], paths: ["/**"] },
    actions: ["read"],
    steps: [{ quorums: [of(1, "manager")] }],
    maxDuration: "P7D",
  },
  {
    name: "Customer data",
    targets: inProduction("/customers/**"),
    actions: "all",
    // Data and security together, or the privacy officer alone.
    steps: [{ name: "Privacy", anyOf: [[of(1, group("data")), of(1, security)], [of(1, { subject: "hana" })]] }],
    maxDuration: "P5D",
    justification: "required",
  },
  {
    name: "Signing keys",
    targets: inProduction("/signing/**"),
    actions: "all",
    steps: [
      { name: "First pair of eyes", quorums: [of(1, security)] },
      { name: "Second pair of eyes", quorums: [of(1, security)], remindEvery: "P1D", escalate: { after: "P1D", approvers: [group("leads")] } },
    ],
    distinctApprovers: true,
    maxDuration: "PT2H",
    requestTtl: "P7D",
    justification: "required",
  },
  {
    name: "Data warehouse",
    targets: inProduction("/warehouse/**"),
    actions: "all",
    steps: [{ quorums: [of(1, { subject: "piotr" })] }],
    maxDuration: "P7D",
    requestTtl: "P30D",
  },
];

/** What developers may do without asking. */
export const PERMISSION: PermissionTerms = {
  name: "Developers in development",
  holders: [{ group: "developers" }],
  targets: { environments: ["development"], paths: ["/**"] },
  actions: ["write"],
};

/** Environments that the company has, for suggestions. */
export const ENVIRONMENTS: readonly string[] = ["production", "staging", "development"];
/** Actions that the company knows, for suggestions. */
export const ACTIONS: readonly string[] = ["read", "write"];
/** Folders that the company has, for suggestions. */
export const FOLDERS: readonly string[] = ["/payments", "/payments/stripe", "/payments/ledger", "/web", "/web/checkout", "/customers", "/signing", "/warehouse"];
