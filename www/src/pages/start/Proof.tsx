import { Icon } from "../../components/icons.tsx";
import { LinkButton } from "../../components/links.tsx";
import { Panel } from "../../components/Panel.tsx";
import * as words from "../../words/pages/start.ts";

/** Where one sees for oneself that it holds. */
export function Proof() {
  return (
    <Panel
      title={words.dontTakeOurWord}
      hint={words.proofHint}
      aside={
        <LinkButton to="/simulator" variant="default" leftSection={<Icon name="glass" size={16} />}>
          {words.tryToBreakIt}
        </LinkButton>
      }
    />
  );
}
