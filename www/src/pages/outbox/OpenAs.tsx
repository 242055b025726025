import { Button } from "@mantine/core";
import type { Message } from "access-engine";
import { Icon } from "../../components/icons.tsx";
import { useDemo } from "../../state/demo.tsx";
import * as words from "../../words/pages/outbox.tsx";

/** Follows the link of a mail, as whoever got it where the visitor can be them. */
export function OpenAs({ recipient, link }: { recipient: Message["recipient"]; link: string }) {
  const { personas, become } = useDemo();
  const isPersona = personas.some(({ id }) => id === recipient.id);
  return (
    <Button component="a" href={link} size="xs" variant="light" rightSection={<Icon name="next" size={15} />} onClick={() => isPersona && become(recipient.id)}>
      {isPersona ? words.openAs(recipient.name) : words.followTheLink}
    </Button>
  );
}
