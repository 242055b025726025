import { Autocomplete, Checkbox, SegmentedControl, Stack, Switch, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { useId } from "react";
import { LengthField } from "../../components/LengthField.tsx";
import { ACTIONS, ENVIRONMENTS, FOLDERS } from "../../engine/company.ts";
import type { DraftFields, Scope } from "./fields.ts";

const SCOPES: { value: Scope; label: string }[] = [
  { value: "folder", label: "Folder" },
  { value: "environment", label: "Environment" },
  { value: "project", label: "Project" },
];
const SCOPE_HINT: Record<Scope, string> = {
  folder: "One secret, or a folder with everything below it.",
  environment: "Everything in one environment.",
  project: "Everything in every environment.",
};

interface Props {
  fields: DraftFields;
  change: (change: Partial<DraftFields>) => void;
  justificationRequired: boolean;
}

/** What is asked for. */
export function DraftForm({ fields, change, justificationRequired }: Props) {
  const scopeId = useId();
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" fw={500} mb={4} id={scopeId}>
          Access to
        </Text>
        <SegmentedControl
          fullWidth
          aria-labelledby={scopeId}
          data={SCOPES}
          value={fields.scope}
          onChange={(value) => change({ scope: SCOPES.find((it) => it.value === value)?.value ?? "folder" })}
        />
        <Text size="sm" c="dimmed" mt={4}>
          {SCOPE_HINT[fields.scope]}
        </Text>
      </div>
      {fields.scope !== "project" && (
        <Autocomplete
          label="Environment"
          description="Empty: what belongs to no environment."
          data={[...ENVIRONMENTS]}
          value={fields.environment}
          onChange={(environment) => change({ environment })}
        />
      )}
      {fields.scope === "folder" && (
        <div>
          <Autocomplete label="Path" data={[...FOLDERS]} value={fields.path} onChange={(path) => change({ path })} />
          <Checkbox
            mt="xs"
            label="And everything below it"
            checked={fields.below}
            onChange={(event) => change({ below: event.currentTarget.checked })}
          />
        </div>
      )}
      <TagsInput
        label="To do what"
        description="Pick, or type an action and press Enter."
        data={[...ACTIONS]}
        value={fields.actions}
        onChange={(actions) => change({ actions })}
      />
      <div>
        <LengthField
          label="For how long"
          value={fields.length}
          onChange={(length) => change({ length })}
          disabled={fields.permanent}
        />
        <Switch
          mt="xs"
          label="Permanent: until it is revoked or given back"
          checked={fields.permanent}
          onChange={(event) => change({ permanent: event.currentTarget.checked })}
        />
      </div>
      <TextInput
        type="datetime-local"
        label="Starting"
        description="Empty: as soon as it is approved."
        value={fields.startsAt}
        onChange={(event) => change({ startsAt: event.currentTarget.value })}
      />
      <Textarea
        label="Why"
        withAsterisk={justificationRequired}
        autosize
        minRows={2}
        maxRows={8}
        value={fields.justification}
        onChange={(event) => change({ justification: event.currentTarget.value })}
      />
      <TextInput
        type="url"
        label="Ticket"
        placeholder="https://"
        value={fields.ticketUrl}
        onChange={(event) => change({ ticketUrl: event.currentTarget.value })}
      />
    </Stack>
  );
}
