import { Chip, Group, Stack } from "@mantine/core";
import type { DelegationId, GrantStatus } from "access-engine";
import { useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { Empty } from "../../components/Empty.tsx";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useFilters } from "../../state/filters.ts";
import { type Part, useList } from "../../state/pages.ts";
import * as words from "../../words/pages/delegations.tsx";
import { GRANT_STATUS } from "../../words/reasons.ts";
import { DelegationRow } from "./DelegationRow.tsx";

const FIRST = 20;
const STATUSES = Object.keys(GRANT_STATUS) as GrantStatus[];

/** The delegations that the visitor may see. */
export function DelegationList() {
  const [filters, setFilters] = useFilters(useSearch({ from: "/delegations" }));
  const status = STATUSES.find((it) => it === filters.status);
  const filter = { order: "newest_first" as const, ...(status === undefined ? {} : { status: [status] }) };
  const { answer, showMore } = useList(FIRST, ["delegations", filter], (engine, actor, part: Part<DelegationId>, now) => engine.delegations(actor, { ...filter, ...part }, now));
  const { value: page, error } = answer;
  const list = useRef<HTMLUListElement>(null);
  return (
    <Panel title={words.allDelegations} hint={words.delegationsShown}>
      <Stack gap="sm">
        <Chip.Group value={status ?? "all"} onChange={(value) => setFilters({ status: value === "all" ? undefined : String(value) })}>
          <Group gap={6} component="fieldset" bd={0} p={0} m={0} aria-label={words.status}>
            <Chip value="all" size="sm">
              {words.all}
            </Chip>
            {STATUSES.map((it) => (
              <Chip key={it} value={it} size="sm">{`${GRANT_STATUS[it]} ${page?.counts[it] ?? 0}`}</Chip>
            ))}
          </Group>
        </Chip.Group>
        {error && <RefusalAlert error={error} />}
        <List label={words.delegations} ref={list}>
          {page?.items.map((delegation) => (
            <DelegationRow key={delegation.id} delegation={delegation} />
          ))}
        </List>
        {page?.items.length === 0 && <Empty title={status === undefined ? words.nobodyIsReviewing : words.noDelegationMatches} />}
        {page && <MoreButton shown={page.items.length} total={page.total} noun="delegation" onMore={showMore} list={list} />}
      </Stack>
    </Panel>
  );
}
