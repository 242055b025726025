import { Stack, Switch } from "@mantine/core";
import { useParams, useSearch } from "@tanstack/react-router";
import { Empty } from "../components/Empty.tsx";
import { Link } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { useDemo } from "../state/demo.tsx";
import { useFilters } from "../state/filters.ts";
import { useIsWide } from "../state/wide.ts";
import * as words from "../words/pages/outbox.tsx";
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
  const isWide = useIsWide();
  const shown = noticeId === undefined ? (isWide ? mails[0] : undefined) : demo.mailbox.mails.find(({ id }) => id === noticeId);
  return (
    <Stack gap="lg">
      <PageHead
        title={words.outbox}
        lead={words.outboxHint}
      />
      <Undelivered />
      <div className={classes.columns} data-reading={noticeId !== undefined}>
        <Stack gap="sm" className={classes.list}>
          <Switch label={words.makeMailFail} checked={demo.mailbox.isDown} onChange={(event) => void demo.mailbox.setDown(event.currentTarget.checked)} />
          <Switch label={words.onlyTo(demo.directory.name(me.id))} checked={mine} onChange={(event) => setFilters({ mine: event.currentTarget.checked ? "yes" : undefined })} />
          {mails.length > 0 ? (
            <MailList mails={mails} shownId={shown?.id} />
          ) : (
            <Empty title={words.noMessagesYet}>{words.howToGetOne}</Empty>
          )}
        </Stack>
        <div className={classes.mail}>
          {shown ? (
            <Mail message={shown} />
          ) : (
            noticeId !== undefined && (
              <Empty title={words.thereIsNoSuchMessage}>
                <Link to="/outbox" size="sm">
                  {words.allMessages}
                </Link>
              </Empty>
            )
          )}
        </div>
      </div>
    </Stack>
  );
}
