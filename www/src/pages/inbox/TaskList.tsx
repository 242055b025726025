import { Button, Stack, TextInput } from "@mantine/core";
import type { InboxItem } from "access-engine";
import { type RefObject, useRef } from "react";
import { Empty } from "../../components/Empty.tsx";
import { Icon } from "../../components/icons.tsx";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { TrackLegend } from "../../components/TrackLegend.tsx";
import type { Answer } from "../../state/ask.ts";
import type { Shown } from "../../state/pages.ts";
import { counted } from "../../words/lists.ts";
import * as words from "../../words/pages/inbox.ts";
import { InboxRow } from "./InboxRow.tsx";
import { useApprovals } from "./useApprovals.ts";
import { useQuick } from "./useQuick.ts";

interface Props {
  answer: Answer<Shown<InboxItem>>;
  selected: string | undefined;
  ticked: ReadonlySet<string>;
  onTick: (requestId: string) => void;
  onUntick: () => void;
  isRead: (item: InboxItem) => boolean;
  text: string;
  onText: (text: string) => void;
  search: RefObject<HTMLInputElement | null>;
  onMore: () => void;
}

/** The tasks, with what can be done to several of them at once. */
export function TaskList({ answer: { value: page, error }, selected, ticked, onTick, onUntick, isRead, text, onText, search, onMore }: Props) {
  const items = page?.items ?? [];
  const quick = useQuick(items);
  const approvals = useApprovals();
  const list = useRef<HTMLUListElement>(null);
  const chosen = items.filter(({ request }) => ticked.has(request.id) && quick.has(request.id));
  const approveChosen = async () => {
    await approvals.approve(chosen.map(({ request }) => request));
    onUntick();
  };
  return (
    <Panel title={words.waitingForYou}>
      <Stack gap="sm">
        <TextInput ref={search} label={words.search} placeholder={words.personPathOrReason} leftSection={<Icon name="search" size={16} />} value={text} onChange={(event) => onText(event.currentTarget.value)} />
        {chosen.length > 0 && (
          <Button loading={approvals.busy} onClick={() => void approveChosen()} leftSection={<Icon name="check" size={16} />}>
            {words.approveCount(counted(chosen.length, "request"))}
          </Button>
        )}
        {(error ?? approvals.error) && <RefusalAlert error={(error ?? approvals.error)!} />}
        {page && items.length === 0 && (
          <Empty title={text === "" ? words.nothingIsWaitingForYou : words.noTaskMatches}>
            {text === "" ? words.seeWhatWaitsForOthers : undefined}
          </Empty>
        )}
        {items.length > 0 && (
          <List label={words.waitingForYou} ref={list}>
            {items.map((item) => (
              <InboxRow
                key={`${item.task} ${item.request.id}`}
                item={item}
                unread={!isRead(item)}
                selected={item.request.id === selected}
                quick={quick.has(item.request.id)}
                ticked={ticked.has(item.request.id)}
                onTick={() => onTick(item.request.id)}
                onApprove={() => void approvals.approve([item.request])}
                busy={approvals.busy}
              />
            ))}
          </List>
        )}
        {page && <MoreButton shown={items.length} total={page.total} noun="task" onMore={onMore} list={list} />}
        {items.length > 0 && <TrackLegend />}
      </Stack>
    </Panel>
  );
}
