import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import type { Message } from "access-engine";
import { useState } from "react";
import { Icon } from "../../components/icons.tsx";
import { Link, LinkButton } from "../../components/links.tsx";
import { Panel } from "../../components/Panel.tsx";
import { When } from "../../components/When.tsx";
import { useDemo } from "../../state/demo.tsx";
import { render } from "./address.ts";
import classes from "./Mail.module.css";

/** One mail, its HTML in a frame that can run nothing. */
export function Mail({ message }: { message: Message }) {
  const { engine } = useDemo();
  const [form, setForm] = useState("html");
  const { subject, text, html } = render(engine, message);
  return (
    <Stack gap="sm">
      <Link to="/outbox" size="sm" hiddenFrom="md">
        <Group gap={4} component="span" wrap="nowrap">
          <Icon name="back" size={15} />
          All mails
        </Group>
      </Link>
      <Panel
        title={subject}
        hint={
          <>
            To {message.recipient.name} &lt;{message.recipient.email}&gt;, <When at={message.at} />
          </>
        }
      >
        <Stack gap="sm">
          {form === "html" ? (
            <iframe
              key={message.id}
              className={classes.frame}
              title={`Mail: ${subject}`}
              sandbox="allow-top-navigation-by-user-activation"
              srcDoc={documentOf(html)}
            />
          ) : (
            <pre className={classes.text}>{text}</pre>
          )}
          <Group justify="space-between" gap="xs">
            <SegmentedControl
              size="xs"
              aria-label="Form of the mail"
              value={form}
              onChange={setForm}
              data={[
                { value: "html", label: "HTML" },
                { value: "text", label: "Text" },
              ]}
            />
            {message.request && (
              <LinkButton to="/requests/$requestId" params={{ requestId: message.request.id }} size="xs" variant="light" rightSection={<Icon name="next" size={15} />}>
                Open the request
              </LinkButton>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {message.id}: the key by which a mail that is delivered twice is recognised
          </Text>
        </Stack>
      </Panel>
    </Stack>
  );
}

/** Links of the mail lead the page, not the frame. */
function documentOf(html: string): string {
  return html.replace("<head>", '<head><base target="_top">');
}
