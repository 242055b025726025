import { Autocomplete, Checkbox, SegmentedControl, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { errorAt } from "../../components/errors.tsx";
import { useActions, useEnvironments, useFolders } from "../../state/folders.ts";
import * as words from "../../words/pages/draft.ts";
import type { Fault } from "../../words/refusals.ts";
import type { DraftFields, Scope } from "./fields.ts";
import { EndField } from "./EndField.tsx";
import { FolderOption } from "./FolderOption.tsx";
import { StartField } from "./StartField.tsx";

const SCOPES: { value: Scope; label: string }[] = [
  { value: "folder", label: words.folder },
  { value: "environment", label: words.environment },
  { value: "project", label: words.project },
];
const SCOPE_HINT: Record<Scope, string> = {
  folder: words.folderHint,
  environment: words.environmentHint,
  project: words.projectHint,
};

interface Props {
  fields: DraftFields;
  change: (change: Partial<DraftFields>) => void;
  /** What is wrong, for the fields to say. */
  faults: readonly Fault[];
  justificationRequired: boolean;
  /** The longest access that the policy gives. */
  most?: number | undefined;
  /** Further targets, where they can be asked for. */
  more?: ReactNode;
}

/** What is asked for. */
export function DraftForm({ fields, change, faults, justificationRequired, most, more }: Props) {
  const scopeId = useId();
  const folders = useFolders();
  const environments = useEnvironments();
  const actions = useActions();
  const { scope } = fields;
  // What is said of the whole target stands where the form says most of it.
  const target = errorAt(faults, "target");
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" fw={500} mb={4} id={scopeId}>
          {words.accessTo}
        </Text>
        <SegmentedControl
          fullWidth
          aria-labelledby={scopeId}
          data={SCOPES}
          value={scope}
          onChange={(value) => change({ scope: SCOPES.find((it) => it.value === value)?.value ?? "folder" })}
        />
        <Text size="sm" c="dimmed" mt={4}>
          {SCOPE_HINT[scope]}
        </Text>
        {scope === "project" && target !== undefined && (
          <Text size="sm" c="var(--mantine-color-error)">
            {target}
          </Text>
        )}
      </div>
      {scope !== "project" && (
        <div>
          <Autocomplete
            label={words.environment}
            placeholder={words.chooseAnEnvironment}
            data={[...environments]}
            value={fields.noEnvironment ? "" : fields.environment}
            onChange={(environment) => change({ environment })}
            disabled={fields.noEnvironment}
            error={errorAt(faults, "target.environment") ?? (scope === "environment" ? target : undefined)}
          />
          <Checkbox
            mt="xs"
            label={words.outsideEveryEnvironment}
            checked={fields.noEnvironment}
            onChange={(event) => change({ noEnvironment: event.currentTarget.checked })}
          />
        </div>
      )}
      {scope === "folder" && (
        <div>
          <Autocomplete
            label={words.path}
            placeholder={words.chooseAFolder}
            data={folders}
            renderOption={({ option }) => <FolderOption fields={fields} path={option.value} />}
            value={fields.path}
            onChange={(path) => change({ path })}
            error={errorAt(faults, "target.path") ?? target}
          />
          <Checkbox
            mt="xs"
            label={words.andEverythingBelow}
            checked={fields.below}
            onChange={(event) => change({ below: event.currentTarget.checked })}
          />
        </div>
      )}
      {more}
      <TagsInput
        label={words.actions}
        description={words.actionsHint}
        placeholder={fields.actions.length === 0 ? "read" : ""}
        data={[...actions]}
        value={fields.actions}
        onChange={(chosen) => change({ actions: chosen })}
        error={errorAt(faults, "actions")}
      />
      <EndField fields={fields} change={change} faults={faults} most={most} />
      <StartField fields={fields} change={change} error={errorAt(faults, "startsAt")} renews={fields.kept.renews !== undefined} />
      <Textarea
        label={words.why}
        withAsterisk={justificationRequired}
        autosize
        minRows={2}
        maxRows={8}
        value={fields.justification}
        onChange={(event) => change({ justification: event.currentTarget.value })}
        error={errorAt(faults, "justification")}
      />
      <TextInput
        type="url"
        label={words.ticket}
        placeholder="https://"
        value={fields.ticketUrl}
        onChange={(event) => change({ ticketUrl: event.currentTarget.value })}
        error={errorAt(faults, "ticketUrl")}
      />
    </Stack>
  );
}
