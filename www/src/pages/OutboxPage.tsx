import { Stack, Switch } from "@mantine/core";
import { useParams, useSearch } from "@tanstack/react-router";
import { Empty } from "../components/Empty.tsx";
import { Link } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { useDemo } from "../state/demo.tsx";
import { useFilters } from "../state/filters.ts";
import { Mail } from "./outbox/Mail.tsx";
import { MailList } from "./outbox/MailList.tsx";
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
        lead="Every mail, exactly as the engine handed it to this page’s send callback. A real host would pass it to SMTP; here nothing leaves the browser."
      />
      <div className={classes.columns} data-reading={noticeId !== undefined}>
        <Stack gap="sm" className={classes.list}>
          <Switch label={`Only to ${demo.directory.name(me.id)}`} checked={mine} onChange={(event) => setFilters({ mine: event.currentTarget.checked ? "yes" : undefined })} />
          {mails.length > 0 ? (
            <MailList mails={mails} shownId={shown?.id} />
          ) : (
            <Empty title="No mail.">Ask for access, and the approvers of the first step are written to.</Empty>
          )}
        </Stack>
        <div className={classes.mail}>
          {shown ? (
            <Mail message={shown} />
          ) : (
            noticeId !== undefined && (
              <Empty title="There is no such mail.">
                <Link to="/outbox" size="sm">
                  All mails
                </Link>
              </Empty>
            )
          )}
        </div>
      </div>
    </Stack>
  );
}
