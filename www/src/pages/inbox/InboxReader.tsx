import { Button, Stack } from "@mantine/core";
import type { Cursor } from "access-engine";
import { useDisclosure, useLocalStorage } from "@mantine/hooks";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { PageHead } from "../../components/PageHead.tsx";
import { useFilters } from "../../state/filters.ts";
import { useKeys } from "../../state/keys.ts";
import { type Part, useList } from "../../state/pages.ts";
import { useRead } from "../../state/read.ts";
import { counted } from "../../words/lists.ts";
import * as words from "../../words/pages/inbox.ts";
import { markOf } from "../../words/tasks.ts";
import classes from "./InboxReader.module.css";
import { KeysDialog } from "./KeysDialog.tsx";
import { Reading } from "./Reading.tsx";
import { TaskList } from "./TaskList.tsx";
import { useSelection } from "./useSelection.ts";

const FIRST = 40;

/** List and request side by side; on a narrow screen one, then the other. */
export function InboxReader() {
  const [{ text = "" }, setFilters] = useFilters(useSearch({ from: "/inbox" }));
  const filter = text.trim() === "" ? {} : { text: text.trim() };
  const { answer, showMore } = useList(FIRST, ["inbox", filter], (engine, actor, part: Part<Cursor>, now) => engine.inbox(actor, { ...filter, ...part }, now));
  const items = answer.value?.items ?? [];
  const total = answer.value?.total ?? 0;
  const { selected, select, move } = useSelection(items, text);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [help, helping] = useDisclosure();
  const [keysOn, setKeysOn] = useLocalStorage({ key: "access-engine-demo:keys", defaultValue: true });
  const search = useRef<HTMLInputElement>(null);
  const pane = useRef<HTMLElement>(null);
  const read = useRead();

  const open = items.find(({ request }) => request.id === selected);
  const openMark = open && markOf(open);
  useEffect(() => {
    if (openMark !== undefined) read.mark(openMark, true);
    // Only what is opened now is read: marking it unread must last.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [openMark]);

  // Whoever has read to the end of one begins the next at its beginning.
  useEffect(() => {
    const own = pane.current;
    if (own !== null && own.getBoundingClientRect().top < 0) own.scrollIntoView({ block: "start" });
  }, [selected]);

  const tick = (requestId: string) => setTicked((before) => (before.has(requestId) ? new Set([...before].filter((it) => it !== requestId)) : new Set([...before, requestId])));
  const button = (key: string) => pane.current?.querySelector<HTMLElement>(`[aria-keyshortcuts="${key}"]:not(:disabled)`);
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    a: () => button("a")?.click(),
    r: () => button("r")?.focus(),
    e: () => button("e")?.click(),
    x: () => open && tick(open.request.id),
    u: () => openMark && read.mark(openMark, false),
    "/": () => search.current?.focus(),
    "?": helping.open,
  };
  useKeys(keysOn ? keys : {});

  return (
    <Stack gap="lg">
      <PageHead
        title={words.inbox}
        lead={total === 0 ? undefined : words.countWaiting(counted(total, "request"))}
        aside={
          <Button variant="default" size="xs" onClick={helping.open} aria-haspopup="dialog" visibleFrom="md">
            {words.keys}
          </Button>
        }
      />
      <div className={classes.reader} data-open={selected !== undefined}>
        <div className={classes.list}>
          <TaskList
            answer={answer}
            selected={selected}
            ticked={ticked}
            onTick={tick}
            onUntick={() => setTicked(new Set())}
            isRead={(item) => read.isRead(markOf(item))}
            text={text}
            onText={(it) => setFilters({ text: it || undefined, request: undefined })}
            search={search}
            onMore={showMore}
          />
        </div>
        <section ref={pane} className={classes.pane} aria-label={words.openRequest} tabIndex={-1}>
          {(selected !== undefined || total > 0) && <Reading requestId={selected} onBack={() => select(undefined)} />}
        </section>
      </div>
      <KeysDialog opened={help} onClose={helping.close} on={keysOn} onSwitch={setKeysOn} />
    </Stack>
  );
}
