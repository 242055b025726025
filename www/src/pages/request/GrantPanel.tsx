import type { GrantView } from "access-engine";
import { GrantCard } from "../../components/GrantCard.tsx";
import { Panel } from "../../components/Panel.tsx";
import * as words from "../../words/pages/request.tsx";

/** The access that came of a request. */
export function GrantPanel({ grant }: { grant: GrantView }) {
  return (
    <Panel title={words.access} tone={grant.origin === "break_glass" ? "ember" : "plain"}>
      <GrantCard grant={grant} />
    </Panel>
  );
}
