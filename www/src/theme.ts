import { type AutocompleteProps, createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const pine: MantineColorsTuple = [
  "#eaf5f3", "#d3e8e4", "#a7d1ca", "#78b9af", "#50a497", "#37968a", "#1f8377", "#0e6b62", "#0b5952", "#084740",
];
const ember: MantineColorsTuple = [
  "#fff1ea", "#ffdfd0", "#fbbd9f", "#f5986b", "#ef7940", "#e8652a", "#c84d17", "#b34312", "#93360d", "#732a0a",
];
const red: MantineColorsTuple = [
  "#fdeceb", "#f9d2cf", "#f1a7a1", "#ef8d85", "#ea7268", "#d9483e", "#c7362c", "#b3261e", "#931f18", "#741913",
];
const dark: MantineColorsTuple = [
  "#d5dbd9", "#b6bfbc", "#93a09c", "#6c7b77", "#3f4d4a", "#2f3b39", "#222c2b", "#192120", "#131a19", "#0d1212",
];

/** A list lies on what is below its field: so it opens when one writes, and faults stand above. Of thousands nobody scrolls to the last. */
const list: Pick<AutocompleteProps, "openOnFocus" | "limit" | "inputWrapperOrder"> = { openOnFocus: false, limit: 50, inputWrapperOrder: ["label", "description", "error", "input"] };

export const theme = createTheme({
  colors: { pine, ember, red, dark },
  primaryColor: "pine",
  primaryShade: { light: 7, dark: 6 },
  fontFamily: "'Instrument Sans Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, monospace",
  headings: { fontWeight: "640", sizes: { h1: { fontSize: "1.7rem", lineHeight: "1.25" }, h2: { fontSize: "1.12rem", lineHeight: "1.35" }, h3: { fontSize: "1rem", lineHeight: "1.4" } } },
  defaultRadius: "md",
  cursorType: "pointer",
  components: {
    // A badge that cuts its text off hides what it says.
    Badge: { defaultProps: { variant: "light", radius: "sm" }, styles: { root: { textTransform: "none", fontWeight: 600, overflow: "visible" }, label: { overflow: "visible" } } },
    // Inside a sentence colour alone does not tell a link.
    Anchor: { defaultProps: { underline: "always" } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 0 }, closeButtonProps: { "aria-label": "Close" }, styles: { title: { lineHeight: 1.3 }, content: { border: "1px solid var(--line)" } } } },
    Autocomplete: { defaultProps: list },
    TagsInput: { defaultProps: list },
    Select: { defaultProps: list },
    MultiSelect: { defaultProps: list },
    Popover: { defaultProps: { transitionProps: { duration: 0 } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
  },
});

/** Quiet text that is still read easily: at least 4.5 to 1 on page and card. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#f6f5f1",
    "--mantine-color-text": "#1b2624",
    "--mantine-color-dimmed": "#56625f",
    "--mantine-color-placeholder": "#6a7673",
    "--mantine-color-error": "#b3261e",
    "--card": "#ffffff",
    "--line": "#dedcd3",
    "--faint": "#8d9693",
    "--soft": "#efede6",
    "--shade": "0 1px 2px rgb(27 38 36 / 6%)",
  },
  dark: {
    "--mantine-color-body": "#101615",
    "--mantine-color-dimmed": "#9fada9",
    "--mantine-color-placeholder": "#879490",
    "--mantine-color-error": "#ff9d92",
    "--card": "#192120",
    "--mantine-color-pine-light": "#20403c",
    "--mantine-color-pine-light-hover": "#264b46",
    "--mantine-color-ember-light": "#4f2d1d",
    "--mantine-color-ember-light-hover": "#5d3724",
    "--line": "#2f3b39",
    "--faint": "#71807c",
    "--soft": "#202a29",
    "--shade": "none",
  },
});
