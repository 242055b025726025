import { Group, SegmentedControl, Stack } from "@mantine/core";
import type { Message } from "access-engine";
import { useEffect, useState } from "react";
import { Icon } from "../../components/icons.tsx";
import { Link } from "../../components/links.tsx";
import { Panel } from "../../components/Panel.tsx";
import { When } from "../../components/When.tsx";
import { useDemo } from "../../state/demo.tsx";
import * as words from "../../words/pages/outbox.tsx";
import { render } from "./address.ts";
import { type Forms, formsOf } from "./forms.ts";
import { Headers } from "./Headers.tsx";
import classes from "./Mail.module.css";
import { OpenAs } from "./OpenAs.tsx";
import { Slack } from "./Slack.tsx";

/** One message as the mailers of the package send it: as a mail, its HTML in a frame that can run nothing, and to Slack. */
export function Mail({ message }: { message: Message }) {
  const { engine } = useDemo();
  const [form, setForm] = useState("html");
  const [forms, setForms] = useState<Forms>();
  useEffect(() => void formsOf(message).then(setForms), [message]);
  const { subject, link, html, text } = render(engine, message);
  return (
    <Stack gap="sm">
      <Link to="/outbox" size="sm" hiddenFrom="md">
        <Group gap={4} component="span" wrap="nowrap">
          <Icon name="back" size={15} />
          {words.allMessages}
        </Group>
      </Link>
      <Panel title={subject} hint={<When at={message.at} />}>
        <Stack gap="sm">
          <Group justify="space-between" gap="xs">
            <SegmentedControl
              size="xs"
              aria-label={words.formatOfTheMessage}
              value={form}
              onChange={setForm}
              data={[
                { value: "html", label: "HTML" },
                { value: "text", label: words.text },
                { value: "slack", label: words.slack },
              ]}
            />
            <OpenAs recipient={message.recipient} link={link} />
          </Group>
          {form !== "slack" && forms && <Headers mail={forms.mail} />}
          {form === "html" && (
            <iframe
              key={message.id}
              className={classes.frame}
              title={words.mail(subject)}
              sandbox="allow-top-navigation-by-user-activation"
              srcDoc={documentOf(html)}
            />
          )}
          {form === "text" && <pre className={classes.text}>{text}</pre>}
          {form === "slack" && forms && <Slack post={forms.slack} />}
        </Stack>
      </Panel>
    </Stack>
  );
}

/** Links of the mail lead the page, not the frame. */
function documentOf(html: string): string {
  return html.replace("<head>", '<head><base target="_top">');
}
