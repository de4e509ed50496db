package regress

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"

	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// mostProcess is the most rows of a Gaussian process; of more a random subset is taken.
const mostProcess = 500

// Gaussian is a Gaussian process: its rows, from which it is conditioned again when it is read.
type Gaussian struct {
	Axes []int     `json:"axes"`
	X    []float64 `json:"x"`
	Y    []float64 `json:"y"`

	lock         sync.Mutex
	model        *gp.Model
	shift, scale float64
}

func fitProcess(d Data, rng *rand.Rand) (*Gaussian, error) {
	if n := len(d.Y); n > mostProcess {
		d = d.Rows(rng.Perm(n)[:mostProcess])
	}
	m := &Gaussian{Axes: d.Axes, X: append([]float64(nil), d.X...), Y: append([]float64(nil), d.Y...)}
	return m, m.condition()
}

// condition fits the parameters and conditions on the rows. An axis of several columns is one axis of the kernel.
func (m *Gaussian) condition() error {
	axes := make([]gp.Axis, len(m.Axes))
	for i, columns := range m.Axes {
		axes[i].Columns = columns
	}
	model, err := gp.New(axes, gp.Product, gp.FunctionNoise)
	if err != nil {
		return fmt.Errorf("regress: %w", err)
	}
	d := Data{Axes: m.Axes, X: m.X, Y: m.Y}
	for i := range m.Y {
		if err := model.Add(d.Row(i)); err != nil {
			return fmt.Errorf("regress: %w", err)
		}
	}
	var z []float64
	z, m.shift, m.scale = gp.Standardise(m.Y)
	if err := errors.Join(model.SetTargets(z), model.Fit(50)); err != nil {
		return fmt.Errorf("regress: %w", err)
	}
	m.model = model
	return nil
}

// Predict implements Model. Calls take turns: the process has scratch of its own.
func (m *Gaussian) Predict(x, into []float64) {
	n := Data{Axes: m.Axes}.Features()
	m.lock.Lock()
	defer m.lock.Unlock()
	for i := range into {
		mean, _ := m.model.Predict(x[i*n : (i+1)*n])
		into[i] = m.shift + m.scale*mean
	}
}
