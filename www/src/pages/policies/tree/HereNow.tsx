import { Text } from "@mantine/core";
import type { Pattern, Person } from "access-engine";
import type { ReactNode } from "react";
import { AndMore } from "../../../components/AndMore.tsx";
import { Link } from "../../../components/links.tsx";
import { Part } from "../../../components/Part.tsx";
import { Countdown } from "../../../components/When.tsx";
import { useAnswer } from "../../../state/ask.ts";
import * as words from "../../../words/pages/policies.tsx";
import { requestWords } from "../../../words/request.ts";
import type { Folder } from "./folders.ts";

const SHOWN = 5;

/** Live access and pending requests that name the folder. */
export function HereNow({ folder: { environment, path } }: { folder: Folder }) {
  const filter = { limit: SHOWN, ...(environment === undefined ? {} : { environment }), ...(path === "/" ? {} : { text: path }) };
  const grants = useAnswer(["live here", filter], (engine, actor, now) => engine.grants(actor, { ...filter, status: ["live"] }, now)).value;
  const requests = useAnswer(["pending here", filter], (engine, actor, now) => engine.requests(actor, { ...filter, status: ["pending"] }, now)).value;
  return (
    <>
      <Part title={words.countLive(grants?.total ?? 0)}>
        {grants?.items.map((grant) => (
          <Entry key={grant.id} requestId={grant.requestId} person={grant.holder} actions={grant.actions} target={grant.target}>
            {grant.endsAt !== undefined && (
              <>
                {words.left(<Countdown until={grant.endsAt} />)}
              </>
            )}
          </Entry>
        ))}
        <AndMore left={leftOf(grants)} />
      </Part>
      <Part title={words.countPending(requests?.total ?? 0)}>
        {requests?.items.map(({ id, requester, actions, target, step, steps }) => (
          <Entry key={id} requestId={id} person={requester} actions={actions} target={target}>
            {words.atStepOf(step, steps)}
          </Entry>
        ))}
        <AndMore left={leftOf(requests)} />
      </Part>
    </>
  );
}

function leftOf(page: { total: number; items: readonly unknown[] } | undefined): number {
  return page === undefined ? 0 : page.total - page.items.length;
}

interface EntryProps {
  requestId: string;
  person: Person;
  actions: readonly string[];
  target: Pattern;
  children: ReactNode;
}

function Entry({ requestId, person, actions, target, children }: EntryProps) {
  return (
    <Text size="sm">
      <Link to="/requests/$requestId" params={{ requestId }} size="sm">{requestWords({ requester: person, actions, target })}</Link>
      {children}
    </Text>
  );
}
