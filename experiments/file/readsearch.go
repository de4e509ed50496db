package file

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// readSearch reads search = "random" or search = { kind = "random", settings = 20 }.
func readSearch(t table) Search {
	v, given := t.values["search"]
	if !given {
		return Search{}
	}
	if name, ok := v.(string); ok {
		return t.checkedSearch("search", Search{Kind: Strategy(name)})
	}
	in, ok := t.inner("search")
	if !ok {
		return Search{}
	}
	in.known("kind", "settings", "eta", "trials")
	s := Search{Kind: Strategy(in.required("kind")), Settings: int(in.integer("settings", 1, MaxCells, 0))}
	s.Eta, s.Trials = int(in.integer("eta", 2, 100, 0)), int(in.integer("trials", 1, 1_000_000_000, 0))
	if s.Kind == "" {
		return Search{}
	}
	return in.checkedSearch("kind", s)
}

// checkedSearch fills in the defaults and reports what does not belong together.
func (t table) checkedSearch(key string, s Search) Search {
	var names []string
	for _, known := range Strategies() {
		names = append(names, string(known))
	}
	if !slices.Contains(names, string(s.Kind)) {
		t.wrong(key, "%w", suggest.Unknown("strategy", string(s.Kind), names))
		return Search{}
	}
	if mistake := s.mistake(); mistake != "" {
		t.wrong(key, "%s", mistake)
		return Search{}
	}
	if s.halves() && s.Eta == 0 {
		s.Eta = DefaultEta
	}
	if s.Kind == Grid {
		return Search{}
	}
	return s
}

// mistake says what does not belong together; empty otherwise.
func (s Search) mistake() string {
	sampled := s.Kind == Random || s.Kind == Latin
	switch {
	case s.Kind == Grid && (s.Settings != 0 || s.Eta != 0 || s.Trials != 0):
		return "a grid is all combinations, with the whole budget: it takes neither settings, eta nor trials"
	case sampled && (s.Eta != 0 || s.Trials != 0):
		return fmt.Sprintf("%s gives every setting the whole budget: it takes neither eta nor trials", s.Kind)
	case sampled && s.Settings == 0:
		return fmt.Sprintf("%s needs the number of settings to draw: { kind = %q, settings = 20 }", s.Kind, s.Kind)
	case s.halves() && s.Trials == 0:
		return fmt.Sprintf("%s needs the trials of its first rung: { kind = %q, trials = 50 }", s.Kind, s.Kind)
	case s.Kind == Hyperband && s.Settings != 0:
		return "the number of settings of hyperband follows from eta and trials"
	}
	return ""
}

// optionRange is the range of { low = 0.01, high = 0.3, log = true }.
func (t table) optionRange() (any, bool) {
	t.known("low", "high", "log")
	low, high := t.number("low"), t.number("high")
	for _, key := range []string{"low", "high"} {
		if !t.has(key) {
			t.missing(key)
		}
	}
	if low == nil || high == nil {
		return nil, false
	}
	r := Range{Low: *low, High: *high, Log: t.boolean("log")}
	_, lowWhole := t.values["low"].(int64)
	_, highWhole := t.values["high"].(int64)
	r.Whole = lowWhole && highWhole
	switch {
	case r.Low >= r.High:
		t.wrong("high", "%v is not above low, which is %v", r.High, r.Low)
	case r.Log && r.Low <= 0:
		t.wrong("low", "%v has no logarithm: a range with log = true begins above 0", r.Low)
	case math.IsInf(r.High-r.Low, 0) || r.Whole && (r.High > 1<<52 || r.Low < -1<<52):
		t.wrong("high", "the range is too wide")
	default:
		return r, true
	}
	return nil, false
}

// value is the table that a range was read from.
func (r Range) value() map[string]any {
	end := func(v float64) any {
		if r.Whole {
			return int64(v)
		}
		return v
	}
	out := map[string]any{"low": end(r.Low), "high": end(r.High)}
	if r.Log {
		out["log"] = true
	}
	return out
}

// value is the table that a search was read from; nil for the whole grid.
func (s Search) value() map[string]any {
	if s.Kind == "" {
		return nil
	}
	out := map[string]any{"kind": string(s.Kind)}
	for key, n := range map[string]int{"settings": s.Settings, "eta": s.Eta, "trials": s.Trials} {
		if n != 0 {
			out[key] = int64(n)
		}
	}
	return out
}

// checkSearches reports settings that cannot be drawn, and rungs beyond the budget.
func (f *File) checkSearches(r *reader) {
	if len(r.errs) > 0 {
		return
	}
	for i, a := range f.Agents {
		wrong := func(format string, args ...any) { r.wrong([]any{"agent", i, "search"}, format, args...) }
		combinations := a.combinations()
		switch s := a.Search; {
		case combinations == 0 && s.Kind == "":
			r.wrong([]any{"agent", i}, "a grid cannot hold a range of values: list them, or add search = { kind = \"random\", settings = 20 }")
		case combinations == 0 && s.Settings == 0 && s.Kind != Hyperband:
			wrong("a range has no end of values: say how many settings are drawn, { kind = %q, settings = 20, … }", s.Kind)
		case combinations > 0 && s.draws() && f.cellCount(a) > combinations:
			wrong("%d settings are wanted, and the options have only %d different ones: list more values, or give a range, { low = 4, high = 64 }", f.cellCount(a), combinations)
		case s.halves() && f.Budget > 0 && s.Trials >= f.Budget:
			wrong("the first rung has %d trials, and the whole budget is %d: there would be nothing to halve", s.Trials, f.Budget)
		}
	}
}
