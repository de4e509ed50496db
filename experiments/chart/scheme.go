package chart

import (
	"fmt"
	"strings"
)

// variable is a CSS variable with its value in the two schemes.
type variable struct{ name, light, dark string }

// variables are the colours of figures, and the opacity of bands.
func variables() []variable {
	return []variable{
		{"--ink", "#1b1f24", "#e6e9ed"}, {"--grid", "#d8dee4", "#30363d"}, {"--muted", "#b4bbc3", "#565e68"}, {"--band", "0.14", "0.2"},
		{"--agent0", "#0072b2", "#2f9be0"}, {"--agent1", "#d55e00", "#d55e00"}, {"--agent2", "#009e73", "#009e73"}, {"--agent3", "#cc79a7", "#cc79a7"},
		{"--agent4", "#56b4e9", "#56b4e9"}, {"--agent5", "#e69f00", "#e69f00"}, {"--agent6", "#000000", "#ffffff"},
	}
}

// StyleSheet declares the variables that inline figures use: of the light scheme, and of the dark one on screens whose reader prefers it, or has chosen it by
// the page's data-theme.
func StyleSheet() string {
	var lights, darks strings.Builder
	for _, v := range variables() {
		fmt.Fprintf(&lights, " %s: %s;", v.name, v.light)
		if v.dark != v.light {
			fmt.Fprintf(&darks, " %s: %s;", v.name, v.dark)
		}
	}
	return fmt.Sprintf(":root {%s }\n@media not print { :root[data-theme=dark] {%s } }\n"+
		"@media (prefers-color-scheme: dark) { @media not print { :root:not([data-theme=light]) {%s } } }\n", &lights, &darks, &darks)
}

// light replaces the variables by their values in the light scheme.
func light() *strings.Replacer {
	var swaps []string
	for _, v := range variables() {
		swaps = append(swaps, "var("+v.name+")", v.light)
	}
	return strings.NewReplacer(swaps...)
}
