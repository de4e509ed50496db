package file

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
