package file

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// Strategy says which settings of an agent's options are tried, and for how long.
type Strategy string

// The strategies.
const (
	Grid      Strategy = "grid"      // all combinations
	Random    Strategy = "random"    // some, drawn at random
	Latin     Strategy = "latin"     // some, spread evenly along each option: a Latin hypercube
	Halving   Strategy = "halving"   // some at random; after each rung the better ones go on with more trials
	Hyperband Strategy = "hyperband" // several brackets of halving, from many settings with few trials to few with all
	ASHA      Strategy = "asha"      // halving without waiting: a setting goes on as soon as it is among the better ones of its rung so far
)

// Strategies lists them.
func Strategies() []Strategy { return []Strategy{Grid, Random, Latin, Halving, Hyperband, ASHA} }

// Search is how the settings of an agent are found. The zero value is the whole grid.
type Search struct {
	Kind     Strategy // empty = Grid
	Settings int      // how many are drawn; 0 = the whole grid, and for Hyperband what follows from Eta and Trials
	Eta      int      // of the halving strategies: one of so many goes on, with so many times the trials
	Trials   int      // likewise: of the first rung
}

// DefaultEta is the usual one of halving.
const DefaultEta = 3

// Range is the values of a sampled option between two numbers, both ends included.
type Range struct {
	Low, High float64
	Log       bool // drawn evenly in the logarithm
	Whole     bool // integers only
}

// Bracket is some settings that are halved together.
type Bracket struct {
	First, Count int   // cells
	Rungs        []int // trials after which some are left behind, ascending; the last is the budget
}

// Keep is how many of n settings go on from a rung.
func (s Search) Keep(n int) int { return max(1, n/s.Eta) }

// halves tells whether settings are left behind.
func (s Search) halves() bool { return s.Kind == Halving || s.Kind == Hyperband || s.Kind == ASHA }

// draws tells whether the settings are drawn, not listed.
func (s Search) draws() bool { return s.Settings > 0 || s.Kind == Hyperband }

// Brackets are those of an agent's cells; nil when every study has the whole budget.
func (f *File) Brackets(agent int) []Bracket {
	a := f.Agents[agent]
	cells := len(f.Cells(agent)) // ranges of few values may have fewer settings than were wanted
	switch {
	case !a.Search.halves():
		return nil
	case a.Search.Kind != Hyperband:
		return []Bracket{{0, cells, rungs(a.Search, a.Search.Trials, f.Budget)}}
	}
	var list []Bracket
	for _, b := range hyperband(a.Search, f.Budget) {
		if b.Count = min(b.Count, cells-b.First); b.Count > 0 {
			list = append(list, b)
		}
	}
	return list
}

// rungs are the first trials, so many times more each, and the budget.
func rungs(s Search, first, budget int) []int {
	var list []int
	for trials := first; trials < budget; trials *= s.Eta {
		list = append(list, trials)
	}
	return append(list, budget)
}

// hyperband are the brackets s = most … 0 of Li et al. (JMLR 18, 2018): ⌈(most+1)/(s+1) eta^s⌉ settings that begin with budget/eta^s trials.
func hyperband(search Search, budget int) []Bracket {
	most, scale := 0, 1
	for budget/(scale*search.Eta) >= search.Trials {
		most, scale = most+1, scale*search.Eta
	}
	var list []Bracket
	first := 0
	for s := most; s >= 0; s-- {
		b := Bracket{First: first, Count: ((most+1)*scale + s) / (s + 1), Rungs: rungs(search, budget/scale, budget)}
		if len(b.Rungs) > s+1 { // budget/eta^s is rounded down: no further rung for the rest
			b.Rungs = append(b.Rungs[:s:s], budget)
		}
		list = append(list, b)
		first, scale = first+b.Count, scale/search.Eta
	}
	return list
}

// drawn are the agent's settings of a sampling strategy: different ones, in the order of their drawing. A Latin hypercube may have fewer than asked for when its options have few values.
func (a Agent) drawn(root uint64, n int) []map[string]any {
	rng := seed.New(root, "settings", a.Name)
	var cells []map[string]any
	seen := map[string]bool{}
	take := func(at func(option int) float64) {
		cell := make(map[string]any, len(a.Options))
		for i, o := range a.Options {
			cell[o.Name] = o.at(at(i))
		}
		if key := valueText(cell); !seen[key] {
			seen[key], cells = true, append(cells, cell)
		}
	}
	if a.Search.Kind == Latin {
		places := make([][]int, len(a.Options))
		for i := range places {
			places[i] = rng.Perm(n)
		}
		for k := range n {
			take(func(i int) float64 { return (float64(places[i][k]) + rng.Float64()) / float64(n) })
		}
		return cells
	}
	const patience = 300 // draws for one more setting: ranges of few values run out of different ones
	for missed := 0; len(cells) < n && missed < patience; missed++ {
		before := len(cells)
		take(func(int) float64 { return rng.Float64() })
		if len(cells) > before {
			missed = 0
		}
	}
	return cells
}

// at is the option's value at a place in [0, 1).
func (o Option) at(place float64) any {
	if r, ok := o.sampled(); ok {
		return r.at(place)
	}
	return o.Values[int(place*float64(len(o.Values)))]
}

// sampled is the option's range; false when its values are listed.
func (o Option) sampled() (Range, bool) {
	if len(o.Values) != 1 {
		return Range{}, false
	}
	r, ok := o.Values[0].(Range)
	return r, ok
}

// at rounds to three digits, which keep names short.
func (r Range) at(place float64) any {
	low, high := r.Low, r.High
	if r.Whole {
		low, high = low-0.5, high+0.5
	}
	v := low + place*(high-low)
	if r.Log {
		low = max(low, r.Low/2) // an integer range from 1 begins at 0.5
		v = math.Exp(math.Log(low) + place*(math.Log(high)-math.Log(low)))
	}
	if r.Whole {
		return int64(min(max(math.Round(v), r.Low), r.High))
	}
	short, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	return min(max(short, r.Low), r.High)
}

// combinations is how many different settings the options have; 0 when a range has no end of them.
func (a Agent) combinations() int {
	count := 1
	for _, o := range a.Options {
		if _, ok := o.sampled(); ok {
			return 0
		}
		if count > MaxCells/max(1, len(o.Values)) {
			return MaxCells + 1
		}
		count *= len(o.Values)
	}
	return count
}

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
			wrong("%d settings are wanted, and the options have only %d different ones", f.cellCount(a), combinations)
		case s.halves() && f.Budget > 0 && s.Trials >= f.Budget:
			wrong("the first rung has %d trials, and the whole budget is %d: there would be nothing to halve", s.Trials, f.Budget)
		}
	}
}
