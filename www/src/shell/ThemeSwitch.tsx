import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import { Icon, type IconName } from "../components/icons.tsx";
import * as words from "../words/shell.ts";

const SCHEMES = [
  { value: "light", label: words.light, icon: "sun" },
  { value: "auto", label: words.system, icon: "screen" },
  { value: "dark", label: words.dark, icon: "moon" },
] as const satisfies readonly { value: string; label: string; icon: IconName }[];

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      mb="xs"
      aria-label={words.colours}
      value={colorScheme}
      onChange={(value) => {
        const scheme = SCHEMES.find((it) => it.value === value);
        if (scheme) setColorScheme(scheme.value);
      }}
      data={SCHEMES.map(({ value, label, icon }) => ({
        value,
        label: (
          <span title={label} style={{ display: "grid", placeItems: "center", minHeight: 20 }}>
            <Icon name={icon} size={16} />
            <VisuallyHidden>{label}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  );
}
