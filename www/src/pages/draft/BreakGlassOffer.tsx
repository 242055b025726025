import { Stack } from "@mantine/core";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { Callout } from "../../components/Callout.tsx";
import { GlassConsequences } from "../../components/GlassConsequences.tsx";
import { Icon } from "../../components/icons.tsx";
import type { Ability } from "../../state/ability.ts";
import * as words from "../../words/pages/draft.ts";

interface Props {
  ability: Ability;
  /** The longest access that it gives. */
  most: number | undefined;
  onOpen: () => void;
}

/** The second way to access; what comes of it is said before the button. */
export function BreakGlassOffer({ ability, most, onOpen }: Props) {
  const button = (
    <AbilityButton quiet ability={ability} data-story="break-glass" onClick={onOpen} color="ember" variant="light" leftSection={<Icon name="glass" size={16} />}>
      {words.breakTheGlass}
    </AbilityButton>
  );
  if (!ability.allowed) return ability.refusal && button;
  return (
    <Callout tone="ember" icon="glass" title={words.ifItCannotWait}>
      <Stack gap="sm">
        <GlassConsequences most={most} />
        {button}
      </Stack>
    </Callout>
  );
}
