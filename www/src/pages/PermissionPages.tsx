import { Stack } from "@mantine/core";
import type { PermissionTerms, PermissionView } from "access-engine";
import { useParams } from "@tanstack/react-router";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { useCommand } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import { useEveryPermission } from "../state/permissions.ts";
import * as words from "../words/pages/permissions.tsx";
import { NEW_PERMISSION } from "./permissions/fields.ts";
import { PermissionEditor } from "./permissions/PermissionEditor.tsx";

const LEAD = words.appliesAtOnce;
const toList = () => ({ to: "/permissions" }) as const;

export function NewPermissionPage() {
  const { me } = useDemo();
  const { run, busy, error, forgive } = useCommand("createPermission");
  const create = (terms: PermissionTerms) => run(terms, { done: () => words.permissionInForce(terms.name), goTo: toList });
  return <PermissionEditor key={me.id} title={words.makeAPermission} lead={LEAD} start={NEW_PERMISSION} label={words.makeThePermission} busy={busy} error={error} onEdit={forgive} onSave={create} />;
}

export function PermissionPage() {
  const { permissionId } = useParams({ from: "/permissions/$permissionId" });
  const { me } = useDemo();
  const permission = useEveryPermission().value?.find(({ id }) => id === permissionId);
  if (permission?.terms) return <EditPermission key={`${me.id} ${permission.id} ${permission.version}`} permission={permission} terms={permission.terms} />;
  return (
    <Stack gap="md" align="flex-start">
      <PageHead
        title={permission === undefined ? words.thereIsNoSuchPermission : permission.name}
        lead={permission === undefined ? words.deletedOrNotSeen : words.onlyForAdministrators}
      />
      <LinkButton to="/permissions">{words.allPermissions}</LinkButton>
    </Stack>
  );
}

function EditPermission({ permission: { id: permissionId, version, name }, terms: before }: { permission: PermissionView; terms: PermissionTerms }) {
  const { run, busy, error, forgive } = useCommand("updatePermission");
  const update = (terms: PermissionTerms) =>
    run({ permissionId, version, ...terms, condition: terms.condition ?? null }, {
      done: ({ events }) => (events.length === 0 ? words.permissionUnchanged(terms.name) : words.permissionChanged(terms.name)),
      goTo: toList,
    });
  return <PermissionEditor title={name} lead={words.versionAndLead(version, LEAD)} start={before} label={words.saveThePermission} busy={busy} error={error} onEdit={forgive} onSave={update} />;
}
