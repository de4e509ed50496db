package file

import (
	"slices"
	"strings"
	"unicode"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// name is the label of a scenario or agent: printed in tables and part of the names of random streams.
func (t table) name(otherwise string) string {
	name, given := t.text("name"), t.has("name")
	if !given {
		name = otherwise
	}
	unprintable := strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) })
	if !unprintable && len(name) <= 200 && strings.TrimSpace(name) == name {
		return name
	}
	rule := "1 to 200 bytes of printable text without spaces around it"
	if given {
		t.wrong("name", "%s is not %s", show(name), rule)
	} else {
		t.r.wrong(t.path, "the default name %s is not %s: give it a name", show(name), rule)
	}
	return ""
}

// checkNames reports names that are taken, and start designs and warm starts for scenarios that are not in the file.
func (f *File) checkNames(r *reader) {
	var scenarios, agents []string
	for _, s := range f.Scenarios {
		scenarios = append(scenarios, s.Name)
	}
	for _, a := range f.Agents {
		agents = append(agents, a.Name)
	}
	r.unique("scenario", scenarios)
	r.unique("agent", agents)
	named := func(section string, i int, scenario string) {
		if scenario != "" && !r.full() && !slices.Contains(scenarios, scenario) {
			r.wrong([]any{section, i, "scenario"}, "%w", suggest.Unknown("scenario", scenario, scenarios))
		}
	}
	for i, s := range f.Starts {
		named("start", i, s.Scenario)
	}
	for i, s := range f.WarmStarts {
		named("warm_start", i, s.Scenario)
	}
}

func (r *reader) unique(section string, names []string) {
	first := map[string]int{}
	for i, name := range names {
		j, taken := first[name]
		switch {
		case name == "": // reported where it was read
		case taken:
			line := r.file.At(section, j).Line
			r.wrong([]any{section, i, "name"}, "%q is the name of the %s on line %d already: give one of them another", name, section, line)
		default:
			first[name] = i
		}
	}
}

// checkSizes reports what is too much: cells, studies, and start designs for the budget.
func (f *File) checkSizes(r *reader) {
	for i, a := range f.Agents {
		if f.cellCount(a) > MaxCells {
			r.wrong([]any{"agent", i}, "the options have more than %d combinations", MaxCells)
			return
		}
	}
	if studies := f.Studies(); studies > MaxStudies {
		r.wrong(nil, "%d studies (scenarios x cells x repeats) are more than %d", studies, MaxStudies)
	}
	startsOf := map[string]int{}
	for _, s := range f.Starts {
		startsOf[s.Scenario]++
	}
	for i, s := range f.Scenarios {
		starts := startsOf[""] + startsOf[s.Name]
		if f.Budget > 0 && s.Name != "" && starts > f.Budget {
			r.wrong([]any{"scenario", i}, "%d start designs, a trial each, are more than the budget of %d", starts, f.Budget)
		}
	}
}

// show is a value in a message.
func show(v any) string {
	switch v := v.(type) {
	case string, bool, int64, float64:
		const most = 60
		text := valueText(v)
		if runes := []rune(text); len(runes) > most {
			text = string(runes[:most]) + "…"
		}
		return text
	case map[string]any:
		return "a table"
	case []any:
		if len(v) == 0 {
			return "an empty list"
		}
		return "a list"
	case []map[string]any:
		return "a list"
	}
	return "a date or time"
}
