package regress

import (
	"math/rand/v2"
	"slices"
)

// How tables are found and fitted.
const (
	mostChains   = 12      // tables, less what is added to a larger one
	mostTableDim = 6       // axes of a table
	mostCells    = 1 << 16 // of a table
	searchRows   = 8000    // that the axes of the tables are found on
	heldOutEvery = 5       // one row of these in so many tells how good a table is
	leastGain    = 5e-3    // share of the held-out squared error that one more axis must take away
	exactShare   = 1e-12   // of the targets' squares: what is less is rounding
	shrinkage    = 0.1     // rows of value 0 that every cell has
	searchSweeps = 5
	mostParts    = 400 // trials of two tables for one
	mostSweeps   = 60
	settled      = 1e-5 // largest change of a value in a sweep, over the targets' deviation, that ends them
)

// Prepared is the options with what models of the kind may find out once for several fits to rows of the same kind: of tables their axes.
func (o Options) Prepared(kind Kind, d Data, rng *rand.Rand) Options {
	if kind == Summed && d.check() == nil {
		o.chains = findChains(d, rng)
	}
	return o
}

// findChains finds the axes of tables on some of the rows.
func findChains(d Data, rng *rand.Rand) [][]int {
	if n := len(d.Y); n > searchRows {
		d = d.Rows(rng.Perm(n)[:searchRows])
	}
	search := newSums(d)
	for i := range d.Y {
		search.out[i] = rng.IntN(heldOutEvery) == 0
	}
	return search.find()
}

// fitTables fits the values of tables.
func fitTables(d Data, o Options, rng *rand.Rand) *Tables {
	if o.chains == nil {
		o.chains = findChains(d, rng)
	}
	all := newSums(d)
	all.fit(o.chains, mostSweeps)
	return all.model()
}

// sums is tables that are being fitted to rows.
type sums struct {
	data     Data
	levels   [][][]float64 // of each axis, ascending: the features of each level
	of       [][]int32     // of each axis: the level of each row
	out      []bool        // rows that are held out
	base     float64
	variance float64
	residual []float64 // what the tables leave of each row
	tables   []Table
	parts    int     // trials of parting so far
	place    []int32 // of each row: its cell in the table at hand
	sum      []float64
	count    []float64
}

func newSums(d Data) *sums {
	n := len(d.Y)
	s := &sums{data: d, out: make([]bool, n), base: meanOf(d.Y), residual: make([]float64, n), place: make([]int32, n)}
	for _, y := range d.Y {
		s.variance += (y - s.base) * (y - s.base) / float64(n)
	}
	first, width := 0, d.Features()
	for _, columns := range d.Axes {
		var levels [][]float64
		of := make([]int32, n)
		features := func(i int) []float64 { return d.X[i*width+first : i*width+first+columns] }
		for i := range n {
			if at, found := slices.BinarySearchFunc(levels, features(i), slices.Compare); !found {
				levels = slices.Insert(levels, at, slices.Clone(features(i)))
			}
		}
		for i := range n {
			at, _ := slices.BinarySearchFunc(levels, features(i), slices.Compare)
			of[i] = int32(at)
		}
		s.levels, s.of, first = append(s.levels, levels), append(s.of, of), first+columns
	}
	return s
}

// find grows a chain of axes at a time, each axis the one that explains most of what is left, and parts its table where two smaller ones do as well. A chain
// stands for the tables of its first axis, its first two, and so on: a cell without rows has the value of the fewer axes.
func (s *sums) find() [][]int {
	chains := [][]int{}
	held := s.fit(nil, 0)
	for len(chains) < mostChains && held > exactShare*s.variance*float64(len(s.residual)) {
		chain := s.chain(chains)
		if len(chain) == 0 {
			break
		}
		with := append(slices.Clone(chains), chain)
		error := s.fit(with, searchSweeps)
		with, error = s.part(with, len(chains), error)
		if error > held*(1-leastGain) {
			break
		}
		chains, held = with, error
		s.fit(chains, searchSweeps)
	}
	return chains
}

// part replaces the chain at a place by two, each without one of two axes, as long as the held-out error falls. What that says: the two axes do not interact.
func (s *sums) part(chains [][]int, at int, error float64) ([][]int, float64) {
	for ; at < len(chains); at++ {
		for len(chains[at]) > 1 && len(chains) < mostChains && s.parts < mostParts {
			best, least := [][]int(nil), error
			for i := range chains[at] {
				for j := range i {
					s.parts++
					parted := slices.Clone(chains)
					parted[at] = without(chains[at], i)
					parted = append(parted, without(chains[at], j))
					if e := s.fit(parted, searchSweeps); e < least {
						best, least = parted, e
					}
				}
			}
			if best == nil {
				break
			}
			chains, error = best, least
		}
	}
	return chains, error
}

func without(chain []int, at int) []int { return slices.Delete(slices.Clone(chain), at, at+1) }

// chain is the axes of the next table, those that explain most first; none where no table helps. It starts with one axis, or the axes of a chain that there
// is, as what is left may be an interaction with further ones; or, where these do not help, with two that tell nothing alone.
func (s *sums) chain(chains [][]int) []int {
	held := s.heldOut()
	chain, error := s.longer(append([][]int{nil}, chains...), held)
	if chain == nil {
		var singles [][]int
		for a := range s.of {
			singles = append(singles, []int{a})
		}
		chain, error = s.longer(singles, held)
	}
	for next := chain; next != nil; {
		chain, held = next, error
		next, error = s.longer([][]int{chain}, held)
	}
	return chain
}

// longer is one of the starts with the axis more that takes most of the held-out error away; nil where none takes enough.
func (s *sums) longer(starts [][]int, held float64) (best []int, error float64) {
	error = held * (1 - leastGain)
	for _, start := range starts {
		for a := range s.of {
			axes := append(slices.Clone(start), a)
			if len(s.levels[a]) < 2 || slices.Contains(start, a) || len(axes) > mostTableDim || s.cells(axes) > mostCells {
				continue
			}
			if e := s.try(axes); e < error {
				best, error = axes, e
			}
		}
	}
	return best, error
}

// heldOut is the squared error of the held-out rows.
func (s *sums) heldOut() float64 {
	error := 0.0
	for i, r := range s.residual {
		if s.out[i] {
			error += r * r
		}
	}
	return error
}

// try is the squared error of the held-out rows with one more table.
func (s *sums) try(axes []int) float64 {
	s.gather(axes)
	error := 0.0
	for i, r := range s.residual {
		if s.out[i] {
			e := r - s.sum[s.place[i]]/(s.count[s.place[i]]+shrinkage)
			error += e * e
		}
	}
	return error
}

// cells is the size of a table.
func (s *sums) cells(axes []int) int {
	n := 1
	for _, a := range axes {
		n *= len(s.levels[a])
	}
	return n
}

// gather sums the residuals of the rows that are not held out by the cells of a table.
func (s *sums) gather(axes []int) {
	n := s.cells(axes)
	s.sum, s.count = slices.Grow(s.sum[:0], n)[:n], slices.Grow(s.count[:0], n)[:n]
	clear(s.sum)
	clear(s.count)
	clear(s.place)
	for _, a := range axes {
		levels, of := int32(len(s.levels[a])), s.of[a]
		for i, p := range s.place {
			s.place[i] = p*levels + of[i]
		}
	}
	for i, c := range s.place {
		if !s.out[i] {
			s.sum[c] += s.residual[i]
			s.count[c]++
		}
	}
}

// fit fits the tables of the chains to the rows that are not held out, each to what the others leave, sweep by sweep. It returns the squared error of the others.
func (s *sums) fit(chains [][]int, sweeps int) float64 {
	s.tables = s.tables[:0]
	for _, chain := range chains {
		for n := range chain {
			axes := slices.Sorted(slices.Values(chain[:n+1]))
			if !slices.ContainsFunc(s.tables, func(t Table) bool { return slices.Equal(t.Axes, axes) }) {
				s.tables = append(s.tables, Table{axes, make([]float64, s.cells(axes))})
			}
		}
	}
	for i, y := range s.data.Y {
		s.residual[i] = y - s.base
	}
	for range sweeps {
		moved := 0.0
		for _, t := range s.tables {
			moved = max(moved, s.refit(t))
		}
		if moved*moved <= settled*settled*s.variance {
			break
		}
	}
	return s.heldOut()
}

// refit fits one table to what the others leave, and returns the greatest change of a value.
func (s *sums) refit(t Table) float64 {
	s.gather(t.Axes)
	moved := 0.0
	for c, sum := range s.sum {
		step := 0.0
		if s.count[c] > 0 {
			step = (sum - shrinkage*t.Values[c]) / (s.count[c] + shrinkage)
		}
		s.sum[c] = step
		t.Values[c] += step
		moved = max(moved, step, -step)
	}
	for i, c := range s.place {
		s.residual[i] -= s.sum[c]
	}
	return moved
}

// model adds each table whose axes another one has too to that one.
func (s *sums) model() *Tables {
	m := &Tables{Base: s.base, Levels: s.levels}
	slices.SortStableFunc(s.tables, func(a, b Table) int { return len(b.Axes) - len(a.Axes) })
	for _, t := range s.tables {
		within := slices.IndexFunc(m.Tables, func(o Table) bool {
			return !slices.ContainsFunc(t.Axes, func(a int) bool { return !slices.Contains(o.Axes, a) })
		})
		if within < 0 {
			m.Tables = append(m.Tables, t)
			continue
		}
		m.spread(m.Tables[within], t)
	}
	return m
}

// spread adds a table to one of more axes.
func (m *Tables) spread(to, from Table) {
	at := make([]int, len(m.Levels))
	for c := range to.Values {
		rest := c
		for k := len(to.Axes) - 1; k >= 0; k-- {
			n := len(m.Levels[to.Axes[k]])
			at[to.Axes[k]], rest = rest%n, rest/n
		}
		to.Values[c] += from.Values[m.cell(from.Axes, at)]
	}
}
