import { Select, TextInput } from "@mantine/core";
import type { Subject, SubjectType } from "access-engine";
import { JsonField } from "../../components/JsonField.tsx";
import { PersonSelect } from "../../components/PersonSelect.tsx";
import { useDemo } from "../../state/demo.tsx";
import { readJson, writtenJson } from "../../words/json.ts";
import * as words from "../../words/pages/people.tsx";
import { EntryForm } from "./EntryForm.tsx";

const TYPES: { value: SubjectType; label: string }[] = [
  { value: "user", label: words.aPerson },
  { value: "service", label: words.aProgram },
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
      taken={words.personIdTaken}
      place="changes[0].upsertSubject"
      changeOf={(fields) => ({ upsertSubject: subjectOf(fields, subject) })}
      onClose={onClose}
    >
      {({ fields, change, fault }) => (
        <>
          {isNew && <Select label={words.kind} data={TYPES} value={fields.type} onChange={(type) => type && change({ type })} allowDeselect={false} />}
          <TextInput label={words.email} description={words.emailHint} value={fields.email} onChange={(event) => change({ email: event.currentTarget.value })} error={fault("email")} />
          <PersonSelect label={words.manager} placeholder={words.noManagerChosen} value={fields.manager} onChange={(manager) => change({ manager })} error={fault("manager")} />
          <JsonField
            label={words.properties}
            description={words.propertiesHint}
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
