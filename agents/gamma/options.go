package gamma

import (
	"cmp"
	"math"

	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Options are the hyper-parameters. The zero value is the default; where a probability or a share may be 0, a negative number says so.
type Options struct {
	Population int             // children of a generation, at most the budget; zero means DefaultPopulation of the budget
	Elites     float64         // share of the population that survives the children; zero means DefaultElites; at least one design does
	Parents    float64         // share of the population that breeds, the best; zero means DefaultParents; at least two designs do
	Crossover  float64         // probability of a child that it takes a role from a second parent; zero means DefaultCrossover
	Reorder    float64         // that two labels of an order change places; zero means DefaultReorder
	Mutation   float64         // that genes are drawn anew; zero means DefaultMutation
	Genes      int             // so many; zero means DefaultGenes
	Exchange   float64         // that two groups exchange a choice; zero means DefaultExchange
	Growth     float64         // that a depth grows; zero means DefaultGrowth
	Ageing     float64         // that a depth shrinks; zero means DefaultAgeing
	Start      sampling.Design // how the first generation is spread; zero means Uniform
}

// The defaults of Options: the rates of GAMMA's released code.
const (
	DefaultElites    = 0.05
	DefaultParents   = 0.4
	DefaultCrossover = 0.57
	DefaultReorder   = 0.47
	DefaultMutation  = 0.53
	DefaultGenes     = 3
	DefaultExchange  = 0.1
	DefaultGrowth    = 0.57
	DefaultAgeing    = 0.27
)

// DefaultPopulation is the number of children of a generation for a budget: its root, at least 10 and at most the budget, so that there are as many
// generations, 100 for GAMMA's 10,000 trials; 20 when the budget is unknown.
func DefaultPopulation(budget int) int {
	if budget == 0 {
		return 20
	}
	return max(min(max(int(math.Round(math.Sqrt(float64(budget)))), 10), budget), 2)
}

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(budget int) (Options, error) {
	if o.Population == 0 {
		o.Population = DefaultPopulation(budget)
		budget = 0 // affordable, but for the least population
	}
	o.Genes = cmp.Or(o.Genes, DefaultGenes)
	o.Start = cmp.Or(o.Start, sampling.Uniform)
	var wrong mistakes.List
	wrong.Add(vary.Affordable("population", o.Population, budget))
	wrong.If(o.Population < 2, "population %d must be at least 2", o.Population)
	wrong.If(o.Genes < 1, "genes %d must be at least 1", o.Genes)
	for _, rate := range []struct {
		name      string
		value     *float64
		otherwise float64
	}{
		{"elites", &o.Elites, DefaultElites}, {"parents", &o.Parents, DefaultParents},
		{"crossover", &o.Crossover, DefaultCrossover}, {"reorder", &o.Reorder, DefaultReorder}, {"mutation", &o.Mutation, DefaultMutation},
		{"exchange", &o.Exchange, DefaultExchange}, {"growth", &o.Growth, DefaultGrowth}, {"ageing", &o.Ageing, DefaultAgeing},
	} {
		*rate.value = max(cmp.Or(*rate.value, rate.otherwise), 0)
		wrong.If(!(*rate.value <= 1), "%s %v must be at most 1", rate.name, *rate.value)
	}
	return o, wrong.Err()
}
