import { Button, type ButtonProps } from "@mantine/core";
import { Icon, type IconName } from "./icons.tsx";

interface Props extends ButtonProps {
  icon?: IconName;
  onClick: () => void;
  /** Names what it acts on, which sighted people read beside it. */
  "aria-label": string;
}

/** What can be done to an entry of a list, at its end. */
export function RowButton({ icon, ...props }: Props) {
  return <Button size="xs" variant="default" leftSection={icon && <Icon name={icon} size={14} />} {...props} />;
}
