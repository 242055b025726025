import { Select, TextInput } from "@mantine/core";
import type { Subject, SubjectType } from "access-engine";
import { JsonField } from "../../components/JsonField.tsx";
import { PersonSelect } from "../../components/PersonSelect.tsx";
import { useDemo } from "../../state/demo.tsx";
import { readJson, writtenJson } from "../../words/json.ts";
import { EntryForm } from "./EntryForm.tsx";

const TYPES: { value: SubjectType; label: string }[] = [
  { value: "user", label: "A person" },
  { value: "service", label: "A program" },
];

/** Somebody of the directory, new or known. */
export function PersonForm({ subject, onClose }: { subject: Subject | undefined; onClose: () => void }) {
  const { directory } = useDemo().demo;
  const isNew = subject === undefined;
  return (
    <EntryForm
      start={fieldsOf(subject)}
      isNew={isNew}
      known={directory.subjects}
      taken="Somebody already has this id: choose another."
      place="changes[0].upsertSubject"
      changeOf={(fields) => ({ upsertSubject: subjectOf(fields, subject) })}
      onClose={onClose}
    >
      {({ fields, change, fault }) => (
        <>
          {isNew && <Select label="Kind" data={TYPES} value={fields.type} onChange={(type) => type && change({ type })} allowDeselect={false} />}
          <TextInput label="Email" description="Without one, no mail is sent." value={fields.email} onChange={(event) => change({ email: event.currentTarget.value })} error={fault("email")} />
          <PersonSelect label="Manager" placeholder="Nobody" value={fields.manager} onChange={(manager) => change({ manager })} error={fault("manager")} />
          <JsonField
            label="Properties"
            description="In JSON; conditions read them."
            placeholder={'{ "team": "payments", "onCall": true }'}
            value={fields.properties}
            onChange={(event) => change({ properties: event.currentTarget.value })}
            error={fault("properties")}
          />
        </>
      )}
    </EntryForm>
  );
}

function fieldsOf(subject: Subject | undefined) {
  const { id = "", type = "user", name = "", email = "", manager, properties } = subject ?? {};
  return { id, type, name, email, manager, properties: writtenJson(properties) };
}

/** What the engine is told; what the form does not show stays. */
function subjectOf({ email, manager, properties, ...fields }: ReturnType<typeof fieldsOf>, before: Subject | undefined): Subject {
  const { person, disabled } = before ?? {};
  return {
    ...fields,
    ...(person === undefined ? {} : { person }),
    ...(disabled === undefined ? {} : { disabled }),
    ...(email.trim() === "" ? {} : { email: email.trim() }),
    ...(manager === undefined ? {} : { manager }),
    ...(properties.trim() === "" ? {} : { properties: readJson(properties) as NonNullable<Subject["properties"]> }),
  };
}
