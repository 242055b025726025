import { Text } from "@mantine/core";
import type { RequestView } from "access-engine";
import { Link } from "../../components/links.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RequestBadge } from "../../components/StatusBadge.tsx";
import { When } from "../../components/When.tsx";
import { useAnswer } from "../../state/ask.ts";
import * as words from "../../words/pages/request.tsx";
import { differences } from "./differences.ts";

const LOOKED_AT = 50;

/** The same person's request before this one under the same policy, and what is said differently now. */
export function LastTime({ request }: { request: RequestView }) {
  const before = useBefore(request);
  if (before === undefined) return null;
  const changed = differences(before, request);
  const link = (
    <Link to="/requests/$requestId" params={{ requestId: before.id }} size="sm">
      {words.askedAt(<When at={before.madeAt} as="distance" />)}
    </Link>
  );
  return (
    <Panel title={words.differentFromLastTime} hint={<>{words.underTheSamePolicy(link)}</>} aside={<RequestBadge request={before} />}>
      {changed.length === 0 && <Text size="sm">{words.nothingDiffers}</Text>}
      {changed.length > 0 && (
        <dl className="facts">
          {changed.map(({ what, before: was, now }) => (
            <Changed key={what} what={what} was={was} now={now} />
          ))}
        </dl>
      )}
    </Panel>
  );
}

function Changed({ what, was, now }: { what: string; was: string; now: string }) {
  return (
    <>
      <dt>{what}</dt>
      <dd>
        <Text size="sm" component="ins" display="block" td="none">
          {now}
        </Text>
        <Text size="sm" component="del" display="block" c="dimmed" td="line-through">
          {was}
        </Text>
      </dd>
    </>
  );
}

function useBefore({ id, madeAt, requester, policy, target: { environment } }: RequestView): RequestView | undefined {
  const place = environment === undefined ? {} : { environment };
  const { value } = useAnswer(["before", id], (engine, actor, now) =>
    engine.requests(actor, { requester: { subject: requester.id }, policyId: policy.id, ...place, limit: LOOKED_AT }, now),
  );
  return value?.items.find((it) => it.id !== id && it.madeAt < madeAt);
}
