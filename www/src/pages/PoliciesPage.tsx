import { Group, Stack, TextInput } from "@mantine/core";
import type { PolicyId } from "access-engine";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { AbilityButton } from "../components/AbilityButton.tsx";
import { Empty } from "../components/Empty.tsx";
import { Icon } from "../components/icons.tsx";
import { MoreButton } from "../components/MoreButton.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { useFilters } from "../state/filters.ts";
import { type Part, useList } from "../state/pages.ts";
import { policiesOf, useManage } from "../state/policies.ts";
import { ImportButton } from "./policies/ImportButton.tsx";
import { PolicyCard } from "./policies/PolicyCard.tsx";

const FIRST = 50;

export function PoliciesPage() {
  const navigate = useNavigate();
  const [{ text = "" }, setFilters] = useFilters(useSearch({ from: "/policies" }));
  const filter = text.trim() === "" ? {} : { text: text.trim() };
  const { answer, showMore } = useList(FIRST, ["policies", filter], (engine, actor, part: Part<PolicyId>, now) => policiesOf(engine, actor, { ...filter, ...part }, now));
  const { value: page, error } = answer;
  const manage = useManage();
  const list = useRef<HTMLDivElement>(null);
  return (
    <Stack gap="lg">
      <PageHead
        title="Policies"
        lead="Who must agree to what. Where several cover the same, the most specific one decides."
        aside={
          page && (
            <Group gap="xs" align="flex-start">
              {manage.allowed && <ImportButton />}
              <AbilityButton ability={manage} data-story="policy" onClick={() => void navigate({ to: "/policies/new" })} leftSection={<Icon name="add" size={16} />}>
                Make a policy
              </AbilityButton>
            </Group>
          )
        }
      />
      <TextInput
        label="Search"
        placeholder="Name or path"
        maw={420}
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={(event) => setFilters({ text: event.currentTarget.value || undefined })}
      />
      {error && <RefusalAlert error={error} />}
      <Stack gap="lg" ref={list}>
        {page?.items.map((policy) => (
          <PolicyCard key={policy.id} policy={policy} manage={manage} />
        ))}
      </Stack>
      {page && <MoreButton shown={page.items.length} total={page.total} noun="policy" nouns="policies" onMore={showMore} list={list} />}
      {page?.items.length === 0 && (
        <Empty title={text === "" ? "There are no policies: nothing can be asked for." : "No policy has this in its name or paths."}>
          {text === "" ? "An administrator makes the first one." : "Try a part of a path, such as /payments."}
        </Empty>
      )}
    </Stack>
  );
}
