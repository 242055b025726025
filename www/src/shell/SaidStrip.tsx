import { Anchor, CloseButton } from "@mantine/core";
import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { Icon } from "../components/icons.tsx";
import { Link } from "../components/links.tsx";
import { useSaid } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import { counted } from "../words/lists.ts";
import * as words from "../words/shell.ts";
import classes from "./SaidStrip.module.css";

/** What the last command did: read aloud, for the person who sent it, on the page where it was sent. */
export function SaidStrip({ onCalls }: { onCalls: () => void }) {
  const { demo, me } = useDemo();
  const { said, say } = useSaid();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const shown = said?.to === me.id && said.path === path ? said : undefined;
  useEffect(() => {
    if (shown === undefined) say(undefined);
  }, [shown, say]);
  const mails = shown === undefined ? 0 : demo.mailbox.sentBy(shown.version);
  return (
    <div aria-live="polite" className={classes.place}>
      {shown !== undefined && (
        <div key={shown.version} className={classes.said} data-settles>
          <Icon name="check" size={18} />
          <span className={classes.text}>{shown.text}</span>
          <Anchor component="button" type="button" size="sm" onClick={onCalls}>
            {words.showTheCall}
          </Anchor>
          {mails > 0 && (
            <Link to="/outbox" size="sm">
              {words.countSent(counted(mails, "message"))}
            </Link>
          )}
          <CloseButton size="sm" aria-label={words.dismiss} onClick={() => say(undefined)} />
        </div>
      )}
    </div>
  );
}
