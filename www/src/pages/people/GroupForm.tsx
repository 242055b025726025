import type { Group } from "access-engine";
import { PrincipalSelect } from "../../components/PrincipalSelect.tsx";
import { useDemo } from "../../state/demo.tsx";
import * as words from "../../words/pages/people.tsx";
import { decodePrincipal, encodePrincipal } from "../../words/principal.ts";
import { EntryForm } from "./EntryForm.tsx";

/** A group, new or known: its name and who belongs to it, directly. */
export function GroupForm({ group, onClose }: { group: Group | undefined; onClose: () => void }) {
  const { directory } = useDemo().demo;
  const { id = "", name = "", members = [] } = group ?? {};
  return (
    <EntryForm
      start={{ id, name, members: members.map(encodePrincipal) }}
      isNew={group === undefined}
      known={directory.groups}
      taken={words.groupIdTaken}
      place="changes[0].upsertGroup"
      changeOf={(fields) => ({ upsertGroup: { ...fields, members: fields.members.map(decodePrincipal) } })}
      onClose={onClose}
    >
      {({ fields, change, fault }) => (
        <PrincipalSelect label={words.members} value={fields.members} onChange={(value) => change({ members: value })} error={fault("members")} />
      )}
    </EntryForm>
  );
}
