package simulators

import (
	"math"

	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Feature is one number of what the settings chose: the length of a trace, the multiply-accumulates of a network, the clock of a device. A simulator has the same features in
// all settings, so that they tell how alike two workloads are.
type Feature struct {
	Name string // an identifier that names its unit where that is not what is counted: "macs", "arrival_ns", "reads_frac"
	Unit string // empty for a pure number
	Doc  string // one line: what is counted
	// Value is finite.
	Value float64
}

// CheckFeatures reports every way in which a list of features tells nothing.
func CheckFeatures(list []Feature) error {
	var wrong mistakes.List
	seen := map[string]bool{}
	for _, f := range list {
		wrong.If(!identifier(f.Name), "feature %q: its name must be a letter or '_', then letters, digits and '_'", f.Name)
		wrong.If(seen[f.Name], "feature %q is there twice", f.Name)
		wrong.If(math.IsNaN(f.Value) || math.IsInf(f.Value, 0), "feature %q is %v", f.Name, f.Value)
		seen[f.Name] = true
	}
	return wrong.Err()
}
