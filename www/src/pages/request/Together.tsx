import { Stack } from "@mantine/core";
import type { RequestView } from "access-engine";
import { List } from "../../components/List.tsx";
import { Link } from "../../components/links.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RequestBadge } from "../../components/StatusBadge.tsx";
import { useTogether } from "../../state/together.ts";
import { inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/request.tsx";
import { targetWords } from "../../words/target.ts";

/** The other requests that were made at once with this one. */
export function Together({ request }: { request: RequestView }) {
  const others = useTogether(request).filter(({ id }) => id !== request.id);
  if (others.length === 0) return null;
  return (
    <Panel title={words.requestedTogether} hint={words.decidedOnItsOwn}>
      <List label={words.requestedTogether}>
        {others.map((other) => (
          <li key={other.id}>
            <Stack gap={2} mb="xs" align="flex-start">
              <Link to="/requests/$requestId" params={{ requestId: other.id }} size="sm">
                {`${inWords(other.actions)} ${targetWords(other.target)}`}
              </Link>
              <RequestBadge request={other} />
            </Stack>
          </li>
        ))}
      </List>
    </Panel>
  );
}
