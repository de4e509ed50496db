package bayes

import (
	"math"

	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// fitSteps is the most iterations of a fit; the next one begins where it stopped.
const fitSteps = 30

// process is a Gaussian process on some of the rows, in their order; what it already holds is not added again.
type process struct {
	gp    *gp.Model
	held  []int // rows
	prior prior // of other tasks; the process is of what it leaves
}

// condition makes the process one of the rows with their targets. Rows ascend.
func (p *process) condition(rows []int, x func(row int) []float64, targets []float64) error {
	inputs, of, k := make([][]float64, len(rows)), make([]int, len(rows)), 0
	for i, row := range rows {
		for k < len(p.held) && p.held[k] < row {
			k++
		}
		inputs[i], of[i] = x(row), -1
		if k < len(p.held) && p.held[k] == row {
			of[i] = k
		}
	}
	if err := p.gp.Arrange(inputs, of); err != nil { // without lies
		return err
	}
	p.held = append(p.held[:0], rows...)
	return p.tell(x, targets)
}

// model is what the agent knows: a process of the objective or of each, one of each constraint, and two, of which one is used, of whether the simulator has a result at
// all: of labels and of distances.
type model struct {
	options     Options
	objectives  []process // one of the scores, or of two objectives one each
	constraints []process
	labels      process
	distances   process
	fitted      int // told rows at the last fit; 0 = never
}

func newModel(axes []gp.Axis, o Options, objectives, constraints int) (*model, error) {
	m := &model{options: o, objectives: make([]process, objectives), constraints: make([]process, constraints)}
	smooth := []*process{&m.distances}
	for i := range m.objectives {
		smooth = append(smooth, &m.objectives[i])
	}
	for i := range m.constraints {
		smooth = append(smooth, &m.constraints[i])
	}
	var err error
	for _, p := range smooth {
		if p.gp, err = gp.New(axes, o.Kernel, gp.FunctionNoise); err != nil {
			return nil, err
		}
	}
	m.labels.gp, err = gp.New(axes, o.Kernel, gp.LabelNoise)
	return m, err
}

// correlation is how alike two inputs are to the objectives, on average.
func (m *model) correlation(a, b []float64) float64 {
	sum := 0.0
	for i := range m.objectives {
		sum += m.objectives[i].gp.Correlation(a, b)
	}
	return sum / float64(len(m.objectives))
}

// lengths are the length-scales of the axes, the geometric mean over the objectives.
func (m *model) lengths() []float64 {
	lengths := m.objectives[0].gp.LengthScales()
	if len(m.objectives) == 1 {
		return lengths
	}
	for i, l := range m.objectives[1].gp.LengthScales() {
		lengths[i] = math.Sqrt(lengths[i] * l)
	}
	return lengths
}

// due tells whether the parameters are to be fitted now that so many rows were told.
func (m *model) due(told int) bool {
	refit := m.options.Refit
	if refit == 0 {
		refit = min(1+told/20, 20)
	}
	return m.fitted == 0 || told >= m.fitted+refit
}

// warp bends the objective as the options say.
func (m *model) warp(y []float64) []float64 {
	switch m.options.Warp {
	case Rank:
		return gp.RankGauss(y)
	case Plain:
		z, _, _ := gp.Standardise(y)
		return z
	}
	return gp.PowerWarp(y)
}
