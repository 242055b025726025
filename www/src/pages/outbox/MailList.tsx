import { Text } from "@mantine/core";
import type { Message } from "access-engine";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { List } from "../../components/List.tsx";
import { MoreButton } from "../../components/MoreButton.tsx";
import { When } from "../../components/When.tsx";
import { useDemo } from "../../state/demo.tsx";
import * as words from "../../words/pages/outbox.tsx";
import { render } from "./address.ts";
import classes from "./MailList.module.css";

const FIRST = 30;

export function MailList({ mails, shownId }: { mails: readonly Message[]; shownId: string | undefined }) {
  const { engine } = useDemo();
  const [limit, setLimit] = useState(FIRST);
  const list = useRef<HTMLUListElement>(null);
  return (
    <>
      <List label={words.messages} ref={list}>
        {mails.slice(0, limit).map((message) => (
          <li key={message.id}>
            <Link
              to="/outbox/$noticeId"
              params={{ noticeId: message.id }}
              search={true}
              className={classes.mail}
              aria-current={message.id === shownId ? "true" : undefined}
              resetScroll={false}
            >
              <Text span size="sm" fw={600} display="block">
                {render(engine, message).subject}
              </Text>
              <Text span size="sm" c="dimmed" display="block">
                {words.toAt(message.recipient.name, <When at={message.at} as="distance" />)}
              </Text>
            </Link>
          </li>
        ))}
      </List>
      <MoreButton shown={Math.min(limit, mails.length)} total={mails.length} noun="message" onMore={() => setLimit(limit + FIRST)} list={list} />
    </>
  );
}
