import { Stack } from "@mantine/core";
import type { PermissionTerms, PermissionView } from "access-engine";
import { useParams } from "@tanstack/react-router";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { useCommand } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import { useEveryPermission } from "../state/permissions.ts";
import { NEW_PERMISSION } from "./permissions/fields.ts";
import { PermissionEditor } from "./permissions/PermissionEditor.tsx";

const LEAD = "It applies at once to whoever it names, until it is deleted.";
const toList = () => ({ to: "/permissions" }) as const;

export function NewPermissionPage() {
  const { me } = useDemo();
  const { run, busy, error, forgive } = useCommand("createPermission");
  const create = (terms: PermissionTerms) => run(terms, { done: () => `The permission “${terms.name}” is in force.`, goTo: toList });
  return <PermissionEditor key={me.id} title="Make a permission" lead={LEAD} start={NEW_PERMISSION} label="Make the permission" busy={busy} error={error} onEdit={forgive} onSave={create} />;
}

export function PermissionPage() {
  const { permissionId } = useParams({ from: "/permissions/$permissionId" });
  const { me } = useDemo();
  const permission = useEveryPermission().value?.find(({ id }) => id === permissionId);
  if (permission?.terms) return <EditPermission key={`${me.id} ${permission.id} ${permission.version}`} permission={permission} terms={permission.terms} />;
  return (
    <Stack gap="md" align="flex-start">
      <PageHead
        title={permission === undefined ? "There is no such permission" : permission.name}
        lead={permission === undefined ? "It was deleted, or you may not see it." : "Only administrators see a whole permission. Change who you are at the top to see it."}
      />
      <LinkButton to="/permissions">All permissions</LinkButton>
    </Stack>
  );
}

function EditPermission({ permission: { id: permissionId, version, name }, terms: before }: { permission: PermissionView; terms: PermissionTerms }) {
  const { run, busy, error, forgive } = useCommand("updatePermission");
  const update = (terms: PermissionTerms) =>
    run({ permissionId, version, ...terms, condition: terms.condition ?? null }, {
      done: ({ events }) => (events.length === 0 ? `The permission “${terms.name}” is unchanged.` : `The permission “${terms.name}” has a new version.`),
      goTo: toList,
    });
  return <PermissionEditor title={name} lead={`Version ${version}. ${LEAD}`} start={before} label="Save the permission" busy={busy} error={error} onEdit={forgive} onSave={update} />;
}
