import { Group, Stack, Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { AbilityButton } from "../components/AbilityButton.tsx";
import { Empty } from "../components/Empty.tsx";
import { Icon } from "../components/icons.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { useFilters } from "../state/filters.ts";
import { useFindings } from "../state/findings.ts";
import { useManage } from "../state/policies.ts";
import * as words from "../words/pages/policies.tsx";
import { FindingList } from "./policies/FindingList.tsx";
import { FolderView } from "./policies/FolderView.tsx";
import { ImportButton } from "./policies/ImportButton.tsx";
import { PolicyList } from "./policies/PolicyList.tsx";

export function PoliciesPage() {
  const navigate = useNavigate();
  const search = useSearch({ from: "/policies" });
  const [filters, setFilters] = useFilters(search);
  const [manage, findings] = [useManage(), useFindings()];
  // Links lead from one view to another, and the filters stay.
  const { view = "folders" } = search;
  const change = (changed: typeof search) => setFilters({ view: search.view, ...changed });
  return (
    <Stack gap="lg">
      <PageHead
        title={words.policies}
        lead={words.policiesLead}
        aside={
          <Group gap="xs" align="flex-start">
            {manage.allowed && <ImportButton />}
            <AbilityButton quiet ability={manage} data-story="policy" onClick={() => void navigate({ to: "/policies/new" })} leftSection={<Icon name="add" size={16} />}>
              {words.makeAPolicy}
            </AbilityButton>
          </Group>
        }
      />
      <Tabs value={view} onChange={(value) => change({ view: value ?? undefined })} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="folders">{words.folders}</Tabs.Tab>
          <Tabs.Tab value="list">{words.list}</Tabs.Tab>
          {findings !== undefined && <Tabs.Tab value="health">{words.findingsTab(findings.length)}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="folders">
          <FolderView search={filters} change={change} />
        </Tabs.Panel>
        <Tabs.Panel value="list">
          <PolicyList text={filters.text ?? ""} onSearch={(sought) => change({ text: sought })} />
        </Tabs.Panel>
        <Tabs.Panel value="health">
          {findings === undefined ? <Empty title={words.findingsAreForAdministrators} /> : <FindingList findings={findings} />}
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
