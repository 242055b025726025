import type { Explanation } from "access-engine";
import { Columns } from "../../components/Columns.tsx";
import { Actions } from "./Actions.tsx";
import { Facts } from "./Facts.tsx";
import { GrantPanel } from "./GrantPanel.tsx";
import { Held } from "./Held.tsx";
import { LastTime } from "./LastTime.tsx";
import { Steps } from "./Steps.tsx";
import { Timeline } from "./Timeline.tsx";

/** All about one request: what can be done with it first, what was asked for behind it. */
export function Detail({ explanation }: { explanation: Explanation }) {
  const { request, grant } = explanation;
  return (
    <Columns
      main={
        <>
          <Steps explanation={explanation} />
          {grant && <GrantPanel grant={grant} />}
          <Facts explanation={explanation} />
        </>
      }
      side={
        <>
          <Actions explanation={explanation} />
          <Held explanation={explanation} />
          <LastTime request={request} />
          <Timeline requestId={request.id} />
        </>
      }
    />
  );
}
