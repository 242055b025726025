import { Group, Select, TextInput } from "@mantine/core";
import { Icon } from "../../components/icons.tsx";
import { PersonSelect } from "../../components/PersonSelect.tsx";
import { useEnvironments } from "../../state/folders.ts";
import * as words from "../../words/pages/access.tsx";
import { PolicySelect } from "./PolicySelect.tsx";

export interface AccessSearch {
  text?: string;
  holder?: string;
  environment?: string;
  policy?: string;
  status?: string;
}

const STATUSES = [
  { value: "live", label: words.liveNow },
  { value: "scheduled", label: words.scheduled },
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
        label={words.search}
        placeholder={words.personPathOrPolicy}
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={(event) => onChange({ text: event.currentTarget.value || undefined })}
        flex="2 1 14rem"
      />
      <PersonSelect label={words.heldBy} placeholder={words.anybody} value={holder} onChange={(value) => onChange({ holder: value })} flex="1 1 11rem" />
      <Select
        label={words.inEnvironment}
        placeholder={words.anyEnvironment}
        data={[...environments]}
        value={environment ?? null}
        onChange={(value) => onChange({ environment: value ?? undefined })}
        clearable
        flex="1 1 11rem"
      />
      <PolicySelect value={policy} onChange={(value) => onChange({ policy: value })} />
      <Select label={words.status} placeholder={words.liveOrScheduled} data={STATUSES} value={status ?? null} onChange={(value) => onChange({ status: value ?? undefined })} clearable flex="1 1 11rem" />
    </Group>
  );
}
