import { Stack, Switch } from "@mantine/core";
import { useParams, useSearch } from "@tanstack/react-router";
import { Empty } from "../components/Empty.tsx";
import { Link } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { useDemo } from "../state/demo.tsx";
import { useFilters } from "../state/filters.ts";
import { Mail } from "./outbox/Mail.tsx";
import { MailList } from "./outbox/MailList.tsx";
import { Undelivered } from "./outbox/Undelivered.tsx";
import classes from "./OutboxPage.module.css";

export function OutboxPage() {
  const { noticeId } = useParams({ strict: false });
  const { demo, me } = useDemo();
  const search = useSearch({ strict: false });
  const [filters, setFilters] = useFilters<{ mine?: string }>(search);
  const mine = filters.mine !== undefined;
  const mails = demo.mailbox.mails.filter(({ recipient }) => !mine || recipient.id === me.id);
  // Where there is room for both, the newest mail is open beside the list.
  const shown = noticeId === undefined ? mails[0] : demo.mailbox.mails.find(({ id }) => id === noticeId);
  return (
    <Stack gap="lg">
      <PageHead
        title="Outbox"
        lead="Every message, as the package’s mailers send it by SMTP or to Slack. Here nothing leaves the browser."
      />
      <Undelivered />
      <div className={classes.columns} data-reading={noticeId !== undefined}>
        <Stack gap="sm" className={classes.list}>
          <Switch label="The mail server is down" checked={demo.mailbox.isDown} onChange={(event) => void demo.mailbox.setDown(event.currentTarget.checked)} />
          <Switch label={`Only to ${demo.directory.name(me.id)}`} checked={mine} onChange={(event) => setFilters({ mine: event.currentTarget.checked ? "yes" : undefined })} />
          {mails.length > 0 ? (
            <MailList mails={mails} shownId={shown?.id} />
          ) : (
            <Empty title="No messages yet.">Ask for access, and the approvers of the first step get one.</Empty>
          )}
        </Stack>
        <div className={classes.mail}>
          {shown ? (
            <Mail message={shown} />
          ) : (
            noticeId !== undefined && (
              <Empty title="There is no such message.">
                <Link to="/outbox" size="sm">
                  All messages
                </Link>
              </Empty>
            )
          )}
        </div>
      </div>
    </Stack>
  );
}
