package file

import (
	"slices"
	"strconv"
	"strings"
)

func readScenario(t table) Scenario {
	t.known("name", "simulator", "set", "fidelity", "objective", "optimum", "published", "fix", "recheck", "screen")
	s := Scenario{
		Set:       t.scalars("set"),
		Fidelity:  t.text("fidelity"),
		Objective: t.free("objective"),
		Optimum:   t.number("optimum"),
		Fix:       t.fix("fix"),
		Recheck:   t.recheck(),
		Screen:    t.screen(),
	}
	for _, section := range t.sections("published", false) {
		s.Published = append(s.Published, readPublished(section))
	}
	if values, ok := t.values["simulator"].(map[string]any); ok {
		s.Command = table{t.r, t.at("simulator"), values}.command()
	} else {
		s.Simulator = t.required("simulator")
	}
	s.Name = t.name(s.defaultName())
	return s
}

func readPublished(t table) Published {
	t.known("name", "metrics")
	p := Published{Metrics: map[string]float64{}}
	if t.required("name"); t.has("name") {
		p.Name = t.name("")
	}
	in, given := t.inner("metrics")
	if !given || len(in.values) == 0 {
		t.r.wrong(t.at("metrics"), "a published result needs at least one metric")
	}
	for _, key := range sortedKeys(in.values) {
		if v := in.number(key); v != nil {
			p.Metrics[key] = *v
		}
	}
	return p
}

// MaxWords is how many words a command may have.
const MaxWords = 1000

// command is the table of a simulator or an agent that is a program: command = ["python3", "sim.py"].
func (t table) command() []string {
	t.known("command")
	if !t.has("command") {
		t.missing("command")
		return nil
	}
	list, ok := asList(t.values["command"])
	if !ok || len(list) == 0 || len(list) > MaxWords {
		t.wrong("command", "%s is not a list of 1 to %d words: the program and its arguments", show(t.values["command"]), MaxWords)
		return nil
	}
	words := make([]string, len(list))
	for i, v := range list {
		word, ok := v.(string)
		if !ok || i == 0 && word == "" || strings.ContainsRune(word, 0) {
			t.r.wrong(t.at("command", i), "%s is not a word of a command", show(v))
		}
		words[i] = word
	}
	return words
}

// defaultName is the simulator or the command, followed by the settings. It must not depend on other scenarios: streams are derived from it.
func (s Scenario) defaultName() string {
	var settings []string
	for _, key := range sortedKeys(s.Set) {
		settings = append(settings, key+"="+levelText(s.Set[key]))
	}
	simulator := s.Simulator
	if s.Command != nil {
		simulator = strings.Join(s.Command, " ")
	}
	return strings.TrimSuffix(simulator+" "+strings.Join(settings, ","), " ")
}

func readStart(t table) Start {
	t.known("scenario", "design")
	s := Start{Scenario: t.text("scenario"), Design: t.scalars("design")}
	if !t.has("design") {
		t.missing("design")
	} else if values, ok := t.values["design"].(map[string]any); ok && len(values) == 0 {
		t.wrong("design", "an empty table is no design")
	}
	return s
}

func readWarmStart(t table) WarmStart {
	t.known("scenario", "from", "source")
	return WarmStart{Scenario: t.text("scenario"), From: t.required("from"), Source: t.text("source")}
}

// fix is a table that fixes axes (axis = level) and narrows them (levels = { axis = [level, …] }).
func (t table) fix(key string) map[string][]string {
	in, _ := t.inner(key)
	keep := map[string][]string{}
	if in.has("levels") {
		levels, _ := in.inner("levels")
		for _, axis := range sortedKeys(levels.values) {
			if levels.named(axis) {
				keep[axis] = levels.levels(axis)
			}
		}
	}
	for _, axis := range sortedKeys(in.values) {
		_, narrowed := keep[axis]
		switch v := in.values[axis]; {
		case axis == "levels" || !in.named(axis):
		case narrowed:
			in.wrong(axis, "the axis is fixed here and narrowed by levels: keep one of the two")
		case isList(v):
			in.wrong(axis, "a list does not fix an axis; to narrow it write levels = { %s = […] }", keyText(axis))
		case in.r.isScalar(in.at(axis), v):
			keep[axis] = []string{levelText(v)}
		}
	}
	if len(keep) == 0 {
		return nil
	}
	return keep
}

// levels is the list of levels that an axis keeps.
func (t table) levels(axis string) []string {
	list, ok := asList(t.values[axis])
	if !ok || len(list) == 0 {
		t.wrong(axis, "%s is not a list of levels with at least one", show(t.values[axis]))
	}
	var levels []string
	seen := map[string]bool{}
	for i, v := range list {
		if !t.r.isScalar(t.at(axis, i), v) {
			continue
		}
		level := levelText(v)
		if seen[level] {
			t.r.wrong(t.at(axis, i), "level %s is listed twice", show(v))
		}
		seen[level] = true
		levels = append(levels, level)
	}
	return levels
}

// levelText is a scalar as the name of a level, as package space words it.
func levelText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return strconv.FormatFloat(v.(float64), 'g', -1, 64)
}

// free is a table of any shape, for another package to read; nil when it is absent.
func (t table) free(key string) map[string]any {
	in, ok := t.inner(key)
	if !ok {
		return nil
	}
	if len(in.values) == 0 {
		t.wrong(key, "an empty table says nothing: leave it out")
	}
	return in.r.plain(in.path, in.values).(map[string]any)
}

// plain copies a value with all its lists as []any and reports what no value of a file may be: dates, NaN, infinities, empty lists.
func (r *reader) plain(path []any, v any) any {
	if list, ok := asList(v); ok {
		if len(list) == 0 {
			r.wrong(path, "an empty list says nothing: leave it out")
		}
		out := make([]any, len(list))
		for i := range list {
			out[i] = r.plain(slices.Concat(path, []any{i}), list[i])
		}
		return out
	}
	values, ok := v.(map[string]any)
	if !ok {
		r.isScalar(path, v)
		return v
	}
	in, out := table{r, path, values}, make(map[string]any, len(values))
	for _, key := range sortedKeys(values) {
		if in.named(key) {
			out[key] = r.plain(in.at(key), values[key])
		}
	}
	return out
}
