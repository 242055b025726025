import { Stack } from "@mantine/core";
import type { Explanation } from "access-engine";
import { Columns } from "../../components/Columns.tsx";
import { Actions } from "./Actions.tsx";
import { Facts } from "./Facts.tsx";
import { GrantPanel } from "./GrantPanel.tsx";
import { Held } from "./Held.tsx";
import { LastTime } from "./LastTime.tsx";
import { Steps } from "./Steps.tsx";
import { Timeline } from "./Timeline.tsx";
import { Together } from "./Together.tsx";

interface Props {
  explanation: Explanation;
  /** Whether there is room for one column only. */
  narrow?: boolean;
}

/** All about one request: what can be done with it first, what was asked for behind it. */
export function Detail({ explanation, narrow = false }: Props) {
  const { request, grant } = explanation;
  const steps = <Steps explanation={explanation} />;
  const access = grant && <GrantPanel grant={grant} />;
  const facts = <Facts explanation={explanation} />;
  const actions = <Actions explanation={explanation} />;
  const beside = (
    <>
      <Together request={request} />
      <Held explanation={explanation} />
      <LastTime request={request} />
      <Timeline requestId={request.id} />
    </>
  );
  if (narrow) {
    return (
      <Stack gap="lg">
        {steps}
        {actions}
        {access}
        {facts}
        {beside}
      </Stack>
    );
  }
  return <Columns main={<>{steps}{access}{facts}</>} side={<>{actions}{beside}</>} />;
}
