import { Button, Chip, Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import type { RequestFilter, RequestStatus } from "access-engine";
import { useState } from "react";
import { Empty } from "../../components/Empty.tsx";
import { Icon } from "../../components/icons.tsx";
import { List } from "../../components/List.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { RequestRow } from "../../components/RequestRow.tsx";
import { ENVIRONMENTS } from "../../engine/company.ts";
import { useAnswer } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";
import { counted } from "../../words/lists.ts";
import { STATUS } from "../../words/reasons.ts";

const STATUSES = Object.keys(STATUS) as RequestStatus[];
const FIRST = 20;

/** All requests that the visitor may see, with filters. */
export function RequestList() {
  const { me } = useDemo();
  const [status, setStatus] = useState<RequestStatus | "all">("all");
  const [text, setText] = useState("");
  const [environment, setEnvironment] = useState<string | null>(null);
  const [mine, setMine] = useState(false);
  const [limit, setLimit] = useState(FIRST);
  const filter: RequestFilter = {
    limit,
    ...(status === "all" ? {} : { status: [status] }),
    ...(text.trim() === "" ? {} : { text: text.trim() }),
    ...(environment === null ? {} : { environment }),
    ...(mine ? { requester: me.id } : {}),
  };
  const { value: page, error } = useAnswer((engine, actor, now) => engine.requests(actor, filter, now));
  const counts = page?.counts;
  const all = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
  const filtered = status !== "all" || text.trim() !== "" || environment !== null || mine;
  const clear = () => {
    setStatus("all");
    setText("");
    setEnvironment(null);
    setMine(false);
  };
  return (
    <Panel title="All requests" hint="Those that you made, may review, or administer.">
      <Stack gap="sm">
        <Chip.Group value={status} onChange={(value) => setStatus(value as RequestStatus | "all")}>
          <Group gap={6} component="fieldset" bd={0} p={0} m={0} aria-label="Status">
            <Chip value="all" size="sm">{`All ${all}`}</Chip>
            {STATUSES.map((it) => (
              <Chip key={it} value={it} size="sm">{`${STATUS[it]} ${counts?.[it] ?? 0}`}</Chip>
            ))}
          </Group>
        </Chip.Group>
        <Group gap="sm" align="flex-end">
          <TextInput
            label="Search"
            placeholder="Person, path, policy, reason or ticket"
            leftSection={<Icon name="search" size={16} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            flex="1 1 15rem"
          />
          <Select
            label="Environment"
            placeholder="Any"
            data={[...ENVIRONMENTS]}
            value={environment}
            onChange={setEnvironment}
            clearable
            flex="0 1 11rem"
          />
          <Switch label="Only mine" checked={mine} onChange={(event) => setMine(event.currentTarget.checked)} pb={8} />
        </Group>
        {error && <RefusalAlert error={error} />}
        {page && page.items.length > 0 && (
          <List label="Requests">
            {page.items.map((request) => (
              <RequestRow key={request.id} request={request} />
            ))}
          </List>
        )}
        {page && page.items.length === 0 && filtered && (
          <Empty title="No request fits these filters.">
            <Button size="xs" variant="light" onClick={clear} mt={4}>
              Clear the filters
            </Button>
          </Empty>
        )}
        {page && page.items.length === 0 && !filtered && (
          <Empty title="There is no request yet that you may see.">
            You see requests that you made, may review, or administer.
          </Empty>
        )}
        {page?.next !== undefined && (
          <Button variant="default" onClick={() => setLimit((shown) => Math.min(shown + FIRST, 200))}>
            {`Show more: ${counted(page.total - page.items.length, "request")} left`}
          </Button>
        )}
      </Stack>
    </Panel>
  );
}
