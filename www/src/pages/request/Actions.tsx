import { Stack, Text } from "@mantine/core";
import type { Explanation } from "access-engine";
import { Panel } from "../../components/Panel.tsx";
import { useDemo } from "../../state/demo.tsx";
import { AcknowledgeAction } from "./AcknowledgeAction.tsx";
import { ReviewAction } from "./ReviewAction.tsx";
import { RequesterActions } from "./RequesterActions.tsx";

/** What the visitor can do with a request, and why not. */
export function Actions({ explanation: { request, you } }: { explanation: Explanation }) {
  const { demo, me } = useDemo();
  if (you === undefined) return null;
  const anything = Object.values(you).some(({ allowed }) => allowed);
  return (
    <Panel
      title={`What ${demo.directory.name(me.id).split(" ")[0]} can do`}
      hint={anything ? undefined : "Nothing at the moment; each button says why."}
      tone={anything ? "pine" : "plain"}
    >
      <Stack gap="lg">
        <ReviewAction request={request} you={you} />
        {request.breakGlass && <AcknowledgeAction request={request} ability={you.acknowledge} />}
        <RequesterActions request={request} you={you} />
        <Text size="xs" c="dimmed">
          The engine opens and closes every button and gives the reason; the page knows no rule.
        </Text>
      </Stack>
    </Panel>
  );
}
