package genetic

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/simulators"
)

// NewNSGA3 makes the agent "nsga3": the elitism and the tournament of NSGA-II, and survival by reference directions. Divisions are those of each
// objective's axis in the outer layer of directions; zero means as many as give no more directions than the population. Options.Elites, Selection
// and Tournament must be zero. A problem of one objective has no directions: the agent is then "nsga2".
func NewNSGA3(p agents.Problem, o Options, divisions int, rng *rand.Rand) (*Agent, error) {
	var errs []error
	if o.Elites != 0 || o.Selection != "" || o.Tournament != 0 {
		errs = append(errs, errors.New("nsga3: elites, selection and tournament are fixed: leave them zero"))
	}
	if divisions < 0 || divisions > maxDivisions {
		errs = append(errs, fmt.Errorf("nsga3: divisions %d must be in [0, %d]", divisions, maxDivisions))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	o.Tournament = NSGA2Tournament
	a, err := build("nsga3", p, o, rng)
	if err != nil || p.Objectives == 1 {
		return a, err
	}
	if count := layerSize(p.Objectives, divisions); divisions > 0 && count > maxDirections {
		return nil, fmt.Errorf("nsga3: divisions %d of %d objectives are %d directions: at most %d", divisions, p.Objectives, count, maxDirections)
	}
	a.survive = newNiching(directions(p.Objectives, divisions, a.options.Population), rng).survive
	return a, nil
}

// NSGA3Factory is the catalogue's entry "nsga3".
func NSGA3Factory() agents.Factory {
	return agents.Factory{
		Name: "nsga3",
		Doc:  "NSGA-III, one child at a time: survival by reference directions, for three objectives and more.",
		Options: append(common(), simulators.Setting{
			Name: "divisions", Doc: "of each objective's axis between the reference directions; 0 = as many directions as the population has room for",
			Default: 0, Min: 0, Max: maxDivisions,
		}),
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return NewNSGA3(p, commonOptions(o), o.Int("divisions"), rng)
		},
	}
}

// maxDivisions and maxDirections bound the work of a trial.
const (
	maxDivisions  = 1000
	maxDirections = 10_000
)
