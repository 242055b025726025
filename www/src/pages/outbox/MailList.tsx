import { Text } from "@mantine/core";
import type { Message } from "access-engine";
import { Link } from "@tanstack/react-router";
import { List } from "../../components/List.tsx";
import { When } from "../../components/When.tsx";
import { useDemo } from "../../state/demo.tsx";
import * as words from "../../words/pages/outbox.tsx";
import { render } from "./address.ts";
import classes from "./MailList.module.css";

export function MailList({ mails, shownId }: { mails: readonly Message[]; shownId: string | undefined }) {
  return (
    <List label={words.messages}>
      {mails.map((message) => (
        <MailRow key={message.id} message={message} shown={message.id === shownId} />
      ))}
    </List>
  );
}

function MailRow({ message, shown }: { message: Message; shown: boolean }) {
  const { engine } = useDemo();
  return (
    <li>
      <Link to="/outbox/$noticeId" params={{ noticeId: message.id }} search={true} className={classes.mail} aria-current={shown ? "true" : undefined} resetScroll={false}>
        <Text span size="sm" display="block">
          {words.toAt(<b>{message.recipient.name}</b>, <When at={message.at} as="distance" />)}
        </Text>
        <Text span size="sm" c="dimmed" display="block">
          {render(engine, message).subject}
        </Text>
      </Link>
    </li>
  );
}
