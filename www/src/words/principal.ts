import type { Principal } from "access-engine";

/** Somebody or a group as a select has it: `subject:ada`, `group:security`. */
export function encodePrincipal(principal: Principal): string {
  return "subject" in principal ? `subject:${principal.subject}` : `group:${principal.group}`;
}

export function decodePrincipal(value: string): Principal {
  const [kind, ...parts] = value.split(":");
  const id = parts.join(":");
  return kind === "group" ? { group: id } : { subject: id };
}
