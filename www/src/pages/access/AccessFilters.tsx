import { Group, Select, TextInput } from "@mantine/core";
import { Icon } from "../../components/icons.tsx";
import { PersonSelect } from "../../components/PersonSelect.tsx";
import { useEnvironments } from "../../state/folders.ts";
import { PolicySelect } from "./PolicySelect.tsx";

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
      <PolicySelect value={policy} onChange={(value) => onChange({ policy: value })} />
      <Select label="Status" placeholder="Live or scheduled" data={STATUSES} value={status ?? null} onChange={(value) => onChange({ status: value ?? undefined })} clearable flex="1 1 11rem" />
    </Group>
  );
}
