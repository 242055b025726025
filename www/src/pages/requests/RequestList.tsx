import { Button, Chip, Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import type { RequestFilter, RequestId, RequestStatus } from "access-engine";
import { useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { Empty } from "../../components/Empty.tsx";
import { Icon } from "../../components/icons.tsx";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RealState } from "../../components/RealState.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { RequestRow } from "../../components/RequestRow.tsx";
import { TrackLegend } from "../../components/TrackLegend.tsx";
import { useDemo } from "../../state/demo.tsx";
import { useFilters } from "../../state/filters.ts";
import { type Part, useList } from "../../state/pages.ts";
import { useEnvironments } from "../../state/folders.ts";
import { useSettled } from "../../state/settled.ts";
import * as words from "../../words/pages/requests.ts";
import { STATUS } from "../../words/reasons.ts";

const STATUSES = Object.keys(STATUS) as RequestStatus[];
const FIRST = 20;

/** All requests that the visitor may see, with filters. */
export function RequestList() {
  const environments = useEnvironments();
  const { me } = useDemo();
  const [filters, setFilters] = useFilters(useSearch({ from: "/requests" }));
  const { text = "", environment, mine } = filters;
  const [sought] = useSettled(text.trim());
  const status = STATUSES.find((it) => it === filters.status);
  const filter: RequestFilter = {
    ...(status === undefined ? {} : { status: [status] }),
    ...(sought === "" ? {} : { text: sought }),
    ...(environment === undefined ? {} : { environment }),
    ...(mine === undefined ? {} : { requester: { subject: me.id } }),
  };
  const { answer, showMore } = useList(FIRST, ["requests", filter], (engine, actor, part: Part<RequestId>, now) => engine.requests(actor, { ...filter, ...part }, now));
  const { value: page, error } = answer;
  const list = useRef<HTMLUListElement>(null);
  const counts = page?.counts ?? {};
  const all = Object.values(counts).reduce<number>((sum, count = 0) => sum + count, 0);
  const filtered = Object.keys(filter).length > 0;
  const clear = () => setFilters({ status: undefined, text: undefined, environment: undefined, mine: undefined });
  return (
    <Panel title={words.allRequests} hint={words.requestsHint}>
      <Stack gap="sm">
        <Chip.Group value={status ?? "all"} onChange={(value) => setFilters({ status: value === "all" ? undefined : String(value) })}>
          <Group gap={6} component="fieldset" bd={0} p={0} m={0} aria-label={words.status}>
            <Chip value="all" size="sm">{words.all(all)}</Chip>
            {STATUSES.map((it) => (
              <Chip key={it} value={it} size="sm">{`${STATUS[it]} ${counts[it] ?? 0}`}</Chip>
            ))}
          </Group>
        </Chip.Group>
        <Group gap="sm" align="flex-end">
          <TextInput
            label={words.search}
            placeholder={words.personPathOrReason}
            leftSection={<Icon name="search" size={16} />}
            value={text}
            onChange={(event) => setFilters({ text: event.currentTarget.value || undefined })}
            flex="1 1 15rem"
          />
          <Select
            label={words.environment}
            placeholder={words.any}
            data={[...environments]}
            value={environment ?? null}
            onChange={(value) => setFilters({ environment: value ?? undefined })}
            clearable
            flex="0 1 11rem"
          />
          <Switch label={words.onlyMine} checked={mine !== undefined} onChange={(event) => setFilters({ mine: event.currentTarget.checked ? "yes" : undefined })} pb={8} />
        </Group>
        {error && <RefusalAlert error={error} />}
        {page && page.items.length > 0 && (
          <List label={words.requests} ref={list}>
            {page.items.map((request) => (
              <RequestRow key={request.id} request={request} task={<RealState requestId={request.id} />} />
            ))}
          </List>
        )}
        {page && page.items.length === 0 && filtered && (
          <Empty title={words.noRequestMatches}>
            <Button size="xs" variant="light" onClick={clear} mt={4}>
              {words.clearTheFilters}
            </Button>
          </Empty>
        )}
        {page && page.items.length === 0 && !filtered && (
          <Empty title={words.noRequestsYet}>
            {words.whichYouSee}
          </Empty>
        )}
        {page && <MoreButton shown={page.items.length} total={page.total} noun="request" onMore={showMore} list={list} />}
        <TrackLegend />
      </Stack>
    </Panel>
  );
}
