import { Box, CloseButton } from "@mantine/core";
import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { Callout } from "../components/Callout.tsx";
import { Link } from "../components/links.tsx";
import { mailWords, useSaid } from "../state/command.tsx";

/** What the last command did; read aloud, and gone with the page. */
export function SaidStrip() {
  const { said, say } = useSaid();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => {
    if (said !== undefined && said.path !== path) say(undefined);
  }, [path, said, say]);
  return (
    <div aria-live="polite">
      {said !== undefined && (
        <Box mb="lg">
          <Callout
            tone="yes"
            icon="check"
            title={said.text}
            aside={<CloseButton size="sm" aria-label="Put this away" onClick={() => say(undefined)} />}
          >
            {said.mails > 0 && (
              <Link to="/outbox" size="sm">
                {mailWords(said.mails)}
              </Link>
            )}
          </Callout>
        </Box>
      )}
    </div>
  );
}
