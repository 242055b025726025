//! Patterns compared: which resources they match, which patterns they cover or overlap, and which policy governs.
