import { Button, Group, Select, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import type { HistoryEntry, HistoryFilter } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { useId, useState } from "react";
import { Empty } from "../../components/Empty.tsx";
import { Icon } from "../../components/icons.tsx";
import { Link } from "../../components/links.tsx";
import { List } from "../../components/List.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { Period, When } from "../../components/When.tsx";
import { useAnswer } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";
import { counted } from "../../words/lists.ts";
import { actorName } from "../request/outcome.ts";
import classes from "./Entries.module.css";

const FIRST = 40;
const MOST = 200;

/** What the visitor may see of the record, the newest first. */
export function Entries() {
  const { demo } = useDemo();
  const [text, setText] = useState("");
  const [by, setBy] = useState<string | null>(null);
  const [limit, setLimit] = useState(FIRST);
  const filter: HistoryFilter = {
    limit,
    ...(text.trim() === "" ? {} : { text: text.trim() }),
    ...(by === null ? {} : { by }),
  };
  const { value: page, error } = useAnswer((engine, actor, now) => engine.history(actor, filter, now));
  const people = [...demo.directory.subjects.values()].map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Panel title="Entries" hint={page && `${counted(page.total, "entry", "entries")} that you may see; an administrator sees all.`}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <TextInput
            label="Search"
            placeholder="Part of what happened"
            leftSection={<Icon name="search" size={16} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            flex="1 1 14rem"
          />
          <Select label="By" placeholder="Anybody" data={people} value={by} onChange={setBy} clearable searchable flex="0 1 14rem" />
        </Group>
        {error && <RefusalAlert error={error} />}
        {page && page.items.length === 0 && <Empty title="Nothing in the record fits.">Search for less, or choose anybody.</Empty>}
        <List label="Entries">
          {page?.items.map((entry) => (
            <Entry key={entry.cursor} entry={entry} />
          ))}
        </List>
        {page?.next !== undefined && limit < MOST && (
          <Button variant="default" onClick={() => setLimit(Math.min(limit * 2, MOST))}>
            Show more
          </Button>
        )}
      </Stack>
    </Panel>
  );
}

function Entry({ entry: { version, at, actor, summary, startsAt, endsAt, event } }: { entry: HistoryEntry }) {
  const { demo } = useDemo();
  const [open, details] = useDisclosure();
  const id = useId();
  return (
    <li className={classes.entry}>
      <UnstyledButton className={classes.head} onClick={details.toggle} aria-expanded={open} aria-controls={id}>
        <span className={classes.version}>{version}</span>
        <span className={classes.summary}>
          <Text span size="sm">
            <Sentence clause={summary} />
          </Text>
          <Text span size="xs" c="dimmed" display="block">
            {actorName(actor, (it) => demo.directory.name(it))}, <When at={at} />
            <Period startsAt={startsAt} endsAt={endsAt} />
          </Text>
        </span>
        <Icon name="down" size={16} />
      </UnstyledButton>
      <div id={id}>
        {open && "requestId" in event && (
          <Link to="/requests/$requestId" params={{ requestId: event.requestId }} size="sm">
            {`Open ${event.requestId}`}
          </Link>
        )}
        {open && <pre className={classes.event}>{JSON.stringify(event, null, 2)}</pre>}
      </div>
    </li>
  );
}
