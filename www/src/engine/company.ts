import type { Approver, DirectoryChange, PolicyTerms, Principal, Subject } from "access-engine";

export const PROJECT = "fernwood-pay";
export const COMPANY = "Fernwood Pay";

/** Somebody the visitor can be. */
export interface Persona {
  readonly id: string;
  /** What that person is, in a word or two. */
  readonly role: string;
  /** What that person is here for. */
  readonly part: string;
}

export const PERSONAS: readonly Persona[] = [
  { id: "ada", role: "administrator", part: "Makes the policies and keeps the directory" },
  { id: "noor", role: "developer", part: "Asks for access" },
  { id: "mira", role: "security", part: "Approves the first step" },
  { id: "sam", role: "security", part: "Approves the first step" },
  { id: "theo", role: "team lead", part: "Approves the second step; Noor's manager" },
  { id: "remy", role: "on call", part: "May break the glass for payments" },
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
  user("noor", "Noor Haddad", "theo"),
  user("lena", "Lena Petit", "theo"),
  user("remy", "Remy Castillo", "theo"),
];

const subjects = (...ids: string[]): Principal[] => ids.map((id) => ({ subject: id }));

export const DIRECTORY: DirectoryChange[] = [
  ...people.map((subject) => ({ upsertSubject: subject })),
  { upsertGroup: { id: "security", name: "Security", members: subjects("mira", "sam", "ines") } },
  { upsertGroup: { id: "leads", name: "Team leads", members: subjects("theo", "jonas") } },
  { upsertGroup: { id: "on-call", name: "On call", members: subjects("remy") } },
];

const security: Approver = { group: "security" };
const leads: Approver = { group: "leads" };

export const POLICIES: readonly PolicyTerms[] = [
  {
    name: "Payments in production",
    targets: { environments: ["production"], paths: ["/payments/**"] },
    actions: "all",
    steps: [
      { quorums: [{ approvers: [security], required: 2 }] },
      { quorums: [{ approvers: [leads], required: 1 }] },
    ],
    breakGlass: { bypassers: [{ group: "on-call" }], maxDuration: "PT1H" },
    maxDuration: "PT8H",
    requestTtl: "P2D",
    justification: "required",
  },
  {
    name: "Production",
    targets: { environments: ["production"], paths: ["/**"] },
    actions: "all",
    steps: [
      {
        quorums: [
          { approvers: [security], required: 1 },
          { approvers: ["manager"], required: 1 },
        ],
      },
    ],
    maxDuration: "P1D",
    justification: "required",
  },
  {
    name: "Reading anywhere",
    targets: { environments: ["*"], paths: ["/**"] },
    actions: ["read"],
    steps: [{ quorums: [{ approvers: ["manager"], required: 1 }] }],
    maxDuration: "P7D",
  },
];

/** Environments that the company has, for suggestions. */
export const ENVIRONMENTS: readonly string[] = ["production", "staging", "development"];
/** Actions that the company knows, for suggestions. */
export const ACTIONS: readonly string[] = ["read", "write"];
/** Folders that the company has, for suggestions. */
export const FOLDERS: readonly string[] = ["/payments", "/payments/stripe", "/payments/ledger", "/web", "/web/checkout"];
