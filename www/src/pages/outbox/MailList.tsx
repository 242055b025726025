import { Text } from "@mantine/core";
import type { Notice } from "access-engine";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { When } from "../../components/When.tsx";
import { useDemo } from "../../state/demo.tsx";
import { render } from "./address.ts";
import classes from "./MailList.module.css";

const FIRST = 30;

export function MailList({ mails, shownId }: { mails: readonly Notice[]; shownId: string | undefined }) {
  const { engine } = useDemo();
  const [limit, setLimit] = useState(FIRST);
  const list = useRef<HTMLUListElement>(null);
  return (
    <>
      <List label="Mails" ref={list}>
        {mails.slice(0, limit).map((notice) => (
          <li key={notice.id}>
            <Link
              to="/outbox/$noticeId"
              params={{ noticeId: notice.id }}
              search={true}
              className={classes.mail}
              aria-current={notice.id === shownId ? "true" : undefined}
              resetScroll={false}
            >
              <Text span size="sm" fw={600} display="block">
                {render(engine, notice).subject}
              </Text>
              <Text span size="sm" c="dimmed" display="block">
                to {notice.recipient.name} · <When at={notice.at} as="distance" />
              </Text>
            </Link>
          </li>
        ))}
      </List>
      <MoreButton shown={Math.min(limit, mails.length)} total={mails.length} noun="mail" onMore={() => setLimit(limit + FIRST)} list={list} />
    </>
  );
}
