import { Group, Select, TextInput } from "@mantine/core";
import { Icon } from "../../components/icons.tsx";
import { PersonSelect } from "../../components/PersonSelect.tsx";
import { useEveryPolicy } from "../../state/policies.ts";
import { useEnvironments } from "../../state/folders.ts";

export interface AccessSearch {
  text?: string;
  holder?: string;
  environment?: string;
  policy?: string;
  status?: string;
}

const STATUSES = [
  { value: "live", label: "Live now" },
  { value: "scheduled", label: "Scheduled" },
];

interface Props {
  filters: AccessSearch;
  onChange: (change: AccessSearch) => void;
}

/** Which of all access is shown. */
export function AccessFilters({ filters: { text = "", holder, environment, policy, status }, onChange }: Props) {
  const environments = useEnvironments();
  const policies = useEveryPolicy().value ?? [];
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        label="Search"
        placeholder="Person, path or policy"
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={(event) => onChange({ text: event.currentTarget.value || undefined })}
        flex="2 1 14rem"
      />
      <PersonSelect label="Held by" placeholder="Anybody" value={holder} onChange={(value) => onChange({ holder: value })} flex="1 1 11rem" />
      <Select
        label="In environment"
        placeholder="Any environment"
        data={[...environments]}
        value={environment ?? null}
        onChange={(value) => onChange({ environment: value ?? undefined })}
        clearable
        flex="1 1 11rem"
      />
      <Select
        label="Given under"
        placeholder="Any policy"
        data={policies.map(({ id, name }) => ({ value: id, label: name }))}
        value={policy ?? null}
        onChange={(value) => onChange({ policy: value ?? undefined })}
        clearable
        searchable
        flex="1 1 11rem"
      />
      <Select label="Status" placeholder="Live or scheduled" data={STATUSES} value={status ?? null} onChange={(value) => onChange({ status: value ?? undefined })} clearable flex="1 1 11rem" />
    </Group>
  );
}
