import { Stack, Text, UnstyledButton } from "@mantine/core";
import type { HistoryEntry, RequestId } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { useSearch } from "@tanstack/react-router";
import { useId, useRef } from "react";
import { Empty } from "../../components/Empty.tsx";
import { Icon } from "../../components/icons.tsx";
import { Link } from "../../components/links.tsx";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { Period, When } from "../../components/When.tsx";
import { useDemo } from "../../state/demo.tsx";
import { useFilters } from "../../state/filters.ts";
import { useHistory } from "../../state/pages.ts";
import { useRequest } from "../../state/request.ts";
import { kindOf } from "../../words/kinds.ts";
import { actorName } from "../../words/outcome.ts";
import * as words from "../../words/pages/record.tsx";
import { requestWords } from "../../words/request.ts";
import { EntryFilters } from "./EntryFilters.tsx";
import { Exports } from "./Exports.tsx";
import { historyFilter } from "./search.ts";
import classes from "./Entries.module.css";

const FIRST = 40;

/** What the visitor may see of the record, the newest first. */
export function Entries() {
  const [filters, setFilters] = useFilters(useSearch({ from: "/record" }));
  const { answer, showMore } = useHistory(FIRST, { filter: historyFilter(filters), kind: kindOf(filters.kind) });
  const { value: page, error } = answer ?? {};
  const list = useRef<HTMLUListElement>(null);
  return (
    <Panel title={words.entries} hint={words.entriesHint}>
      <Stack gap="sm">
        <EntryFilters filters={filters} onChange={setFilters} />
        <Exports filters={filters} />
        {error && <RefusalAlert error={error} />}
        {page && page.items.length === 0 && <Empty title={words.nothingMatches}>{words.searchForLess}</Empty>}
        <List label={words.entries} ref={list}>
          {page?.items.map((entry) => (
            <Entry key={entry.cursor} entry={entry} />
          ))}
        </List>
        {page && <MoreButton shown={page.items.length} total={page.goesOn ? undefined : page.items.length} noun="entry" nouns="entries" onMore={showMore} list={list} />}
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
            {"requestId" in event && event.type !== "requestMade" && <OfRequest requestId={event.requestId} />}
            {actorName(actor, (it) => demo.directory.name(it))}, <When at={at} />
            <Period startsAt={startsAt} endsAt={endsAt} />
          </Text>
        </span>
        <Icon name="down" size={16} />
      </UnstyledButton>
      <div id={id}>
        {open && (
          <Link to="/record/past" search={{ version }} size="sm" mr="md" aria-label={words.seeItThenLabel(summary)}>
            {words.seeItThen}
          </Link>
        )}
        {open && "requestId" in event && (
          <Link to="/requests/$requestId" params={{ requestId: event.requestId }} size="sm" aria-label={words.openTheRequestLabel(summary)}>
            {words.openTheRequest}
          </Link>
        )}
        {open && <pre className={classes.event}>{JSON.stringify(event, null, 2)}</pre>}
      </div>
    </li>
  );
}

/** Which request it happened to; nothing where that is archived. */
function OfRequest({ requestId }: { requestId: RequestId }) {
  const request = useRequest(requestId);
  return request && words.ofRequest(requestWords(request));
}
