import { Button, Menu } from "@mantine/core";
import { Icon } from "../../components/icons.tsx";
import type { Mischief } from "../../simulator/protocol.ts";
import * as words from "../../words/pages/simulator.tsx";
import { MISCHIEF } from "../../words/simulator.ts";

interface Props {
  what: string;
  choices: readonly Mischief[];
  /** Nothing is broken any more then: whatever is due has to happen. */
  isCalm: boolean;
  onBreak: (mischief: Mischief) => void;
}

export function BreakMenu({ what, choices, isCalm, onBreak }: Props) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="default" disabled={isCalm} leftSection={<Icon name="glass" size={14} />} aria-label={words.breakLabel(what)}>
          {words.breakIt}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((mischief) => (
          <Menu.Item key={mischief} onClick={() => onBreak(mischief)}>
            {MISCHIEF[mischief]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
