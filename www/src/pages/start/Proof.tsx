import { Icon } from "../../components/icons.tsx";
import { LinkButton } from "../../components/links.tsx";
import { Panel } from "../../components/Panel.tsx";

/** Where one sees for oneself that it holds. */
export function Proof() {
  return (
    <Panel
      title="Don’t take our word for it"
      hint="The simulator that tests every change runs in this page, too: three servers, one store, and everything that can go wrong. Crash what you like."
      aside={
        <LinkButton to="/simulator" variant="default" leftSection={<Icon name="glass" size={16} />}>
          Try to break it
        </LinkButton>
      }
    />
  );
}
