package active

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

// Acquisition is what makes a design worth learning from. The zero value means Variance.
type Acquisition string

// The acquisitions; the package comment has their laws.
const (
	Variance Acquisition = "variance" // the trees of a forest disagree
	Interval Acquisition = "interval" // the predicted interval is wide
	Front    Acquisition = "front"    // it may be among the best
)

// Acquisitions lists their names.
func Acquisitions() []string { return []string{string(Variance), string(Interval), string(Front)} }

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Startup     int         // uniformly drawn designs of the start, given ones included; zero means DefaultStartup, or a quarter of the budget when that is less
	Batch       int         // designs chosen by one fit; zero means DefaultBatch
	RandomFrac  float64     // share of the designs that is drawn uniformly after the start, in [0, 1]; zero means DefaultRandomFrac, negative none
	Candidates  int         // unseen designs that a batch is chosen from; zero means DefaultCandidates
	Trees       int         // of each forest; zero means DefaultTrees
	Acquisition Acquisition // zero means Variance
	ErrorFrac   float64     // finishes when every objective is predicted this well, RMSE over mean; zero means never
}

// The defaults of Options.
const (
	DefaultStartup    = 50
	DefaultBatch      = 20
	DefaultRandomFrac = 0.25
	DefaultCandidates = 500
	DefaultTrees      = 20
)

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults(budget int) (Options, error) {
	if o.Startup == 0 {
		o.Startup = DefaultStartup
		if budget > 0 {
			o.Startup = min(o.Startup, max(budget/4, 1))
		}
	}
	o.Batch, o.Candidates, o.Trees = cmp.Or(o.Batch, DefaultBatch), cmp.Or(o.Candidates, DefaultCandidates), cmp.Or(o.Trees, DefaultTrees)
	o.RandomFrac, o.Acquisition = max(cmp.Or(o.RandomFrac, DefaultRandomFrac), 0), cmp.Or(o.Acquisition, Variance)
	var errs []error
	bad := func(wrong bool, format string, args ...any) {
		if wrong {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	bad(o.Startup < 1, "startup %d must be at least 1", o.Startup)
	bad(o.Batch < 1, "batch %d must be at least 1", o.Batch)
	bad(!(o.RandomFrac <= 1), "random_frac %v must be in [0, 1]", o.RandomFrac)
	bad(o.Candidates < 1, "candidates %d must be at least 1", o.Candidates)
	bad(o.Trees < 1, "trees %d must be at least 1", o.Trees)
	bad(!(o.ErrorFrac >= 0), "error_frac %v must be at least 0", o.ErrorFrac)
	bad(o.ErrorFrac > 0 && o.RandomFrac == 0, "error_frac %v needs designs that judge: random_frac must be above 0", o.ErrorFrac)
	if !slices.Contains(Acquisitions(), string(o.Acquisition)) {
		errs = append(errs, suggest.Unknown("acquisition", string(o.Acquisition), Acquisitions()))
	}
	return o, errors.Join(errs...)
}

// Factory is the catalogue's entry "active".
func Factory() agents.Factory {
	return agents.Factory{
		Name: "active",
		Doc:  "Active learning: designs whose results a model is least sure of, to learn a proxy from; all objectives are to be predicted.",
		Options: []simulators.Setting{
			{Name: "startup", Unit: "designs", Doc: "uniformly drawn designs of the start, given ones included; 0 = 50, or a quarter of the budget when that is less", Default: 0, Min: 0, Max: 1e6},
			{Name: "batch", Unit: "designs", Doc: "chosen by one fit", Default: DefaultBatch, Min: 1, Max: 1e5},
			{Name: "random_frac", Doc: "share of designs that are drawn uniformly after the start; they tell the error", Default: DefaultRandomFrac, Min: 0, Max: 1},
			{Name: "candidates", Unit: "designs", Doc: "uniformly drawn unseen ones that a batch is chosen from", Default: DefaultCandidates, Min: 1, Max: 1e6},
			{Name: "trees", Doc: "of each forest", Default: DefaultTrees, Min: 1, Max: 1000},
			{Name: "acquisition", Doc: "what makes a design worth learning from: trees disagree, the interval is wide, it may be among the best", Default: string(Variance), Allowed: Acquisitions()},
			{Name: "error_frac", Doc: "finish when every objective is predicted with this RMSE over its mean; 0 = never", Default: 0.0, Min: 0, Max: 10},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, options(o), rng)
		},
	}
}

func options(o simulators.Settings) Options {
	made := Options{
		Startup: o.Int("startup"), Batch: o.Int("batch"), RandomFrac: o.Float("random_frac"), Candidates: o.Int("candidates"), Trees: o.Int("trees"),
		Acquisition: Acquisition(o.String("acquisition")), ErrorFrac: o.Float("error_frac"),
	}
	if made.RandomFrac == 0 { // Options writes none as a negative number
		made.RandomFrac = -1
	}
	return made
}
