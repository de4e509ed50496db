package zerocost

import (
	"context"
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/accelerators/dnn/zerocost"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Version changes whenever a number moves.
const Version = "1.0.0"

// Factory is the catalogue entry.
func Factory() simulators.Factory {
	return simulators.Factory{
		Name: "zero-cost",
		Doc: `Scores of untrained networks, which go with their accuracy after training: synflow, NASWOT, paths. They order networks; they are no accuracies.

  synflow  what flows through the network with the magnitudes of its initial weights; needs no data
  naswot   how differently its rectifiers see the images of a batch (images)
  paths    from the graph of a NAS-Bench-201 cell alone

Sources: synflow (Tanaka et al., NeurIPS 2020), NASWOT (Mellor et al., ICML 2021); paths is this project's.
Equations: package accelerators/dnn/zerocost. Kendall's tau with measured accuracies: codesign validate nas --data DIR.`,
		Settings: settings(),
		New:      open,
	}
}

func settings() []simulators.Setting {
	var spaces []string
	for _, e := range nas.Entries() {
		spaces = append(spaces, e.Name)
	}
	return []simulators.Setting{
		{Name: "space", Doc: "search space of the networks", Default: "nb201", Allowed: spaces},
		{Name: "data_set", Doc: "what the networks classify; empty = the space's first", Default: ""},
		{Name: "images", Doc: "naswot: a folder of PNG and JPEG files, or a tar archive of them, plain or gzip; empty = no naswot", Default: ""},
		{Name: "batch", Unit: "images", Doc: "naswot: how many of them, spread over all", Default: 16, Min: 2, Max: 256},
		{Name: "initialisations", Doc: "of the weights that a score is the mean of", Default: 1, Min: 1, Max: 100},
		{Name: "seed", Doc: "seed of the initial weights", Default: 0, Min: 0, Max: 1 << 31},
	}
}

func open(s simulators.Settings) (simulators.Instance, error) {
	searched, _, err := nas.Open(s.String("space"), s.String("data_set"))
	if err != nil {
		return simulators.Instance{}, err
	}
	m := &model{searched: searched, initialisations: s.Int("initialisations"), seed: uint64(s.Int("seed"))}
	m.cells, _ = searched.(*nas.NASBench201)
	origin := ""
	if path := s.String("images"); path != "" {
		if m.images, origin, err = readImages("images", path, s.Int("batch")); err != nil {
			return simulators.Instance{}, err
		}
	}
	m.spec = simulators.Spec{
		Name: Factory().Name, Version: Version + origin, Doc: strings.SplitN(Factory().Doc, "\n", 2)[0], Space: searched.Space(), Metrics: m.metrics(),
	}
	return simulators.Instance{Simulator: m}, nil
}

// model is the simulator.
type model struct {
	spec            simulators.Spec
	searched        nas.Named
	cells           *nas.NASBench201 // nil for other spaces
	images          *album           // nil = no NASWOT
	initialisations int
	seed            uint64
}

func (m *model) metrics() []simulators.Metric {
	list := []simulators.Metric{{Name: "synflow", Doc: fmt.Sprintf("logarithm of the synaptic flow; %g = nothing flows", zerocost.LeastScore)}}
	if m.images != nil {
		doc := fmt.Sprintf("logarithm of the determinant of how alike the rectifiers see the images; %g = all alike", zerocost.LeastScore)
		list = append(list, simulators.Metric{Name: "naswot", Doc: doc})
	}
	if m.cells != nil {
		list = append(list, simulators.Metric{Name: "paths", Doc: fmt.Sprintf("score of the live cell's graph; %g = a dead cell", zerocost.LeastScore)})
	}
	return append(list, simulators.Metric{Name: "parameters", Doc: "values that training would set"},
		simulators.Metric{Name: "macs", Doc: "multiply-accumulates of one inference, as package dnn counts them"})
}

// Spec implements simulators.Simulator.
func (m *model) Spec() simulators.Spec { return m.spec }

// Evaluate implements simulators.Simulator.
func (m *model) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		values, err := m.scores(p)
		if err != nil {
			results[i] = simulators.Failed(err.Error())
			continue
		}
		results[i] = simulators.OK(values...)
	}
	return results, nil
}

// scores are the values of the metrics.
func (m *model) scores(p space.Point) ([]float64, error) {
	canonical := m.searched.Canonical(p)
	n, err := m.searched.Decode(canonical)
	if err != nil {
		return nil, err
	}
	synflow, err := m.mean(canonical, "synflow", func(normal zerocost.Normal) (float64, error) { return zerocost.Synflow(n, normal) })
	if err != nil {
		return nil, err
	}
	values := []float64{synflow}
	if m.images != nil {
		b := m.images.batch(n.Input)
		naswot, err := m.mean(canonical, "naswot", func(normal zerocost.Normal) (float64, error) { return zerocost.NASWOT(n, b, normal) })
		if err != nil {
			return nil, err
		}
		values = append(values, naswot)
	}
	if m.cells != nil {
		values = append(values, zerocost.Paths(m.cells.Live(p)))
	}
	t, err := m.totals(p)
	return append(values, float64(t.Parameters), float64(t.MACs)), err
}

// mean is the mean of a score over initial weights.
func (m *model) mean(canonical space.Point, name string, score func(zerocost.Normal) (float64, error)) (float64, error) {
	sum := 0.0
	for i := range m.initialisations {
		v, err := score(seed.New(m.seed, "zero-cost", name, m.spec.Space.Key(canonical), fmt.Sprint(i)).NormFloat64)
		if err != nil {
			return 0, err
		}
		sum += v
	}
	return sum / float64(m.initialisations), nil
}

// totals counts the network itself, with what its class leaves out.
func (m *model) totals(p space.Point) (dnn.Totals, error) {
	n, err := m.searched.Decode(p)
	if err != nil {
		return dnn.Totals{}, err
	}
	return n.Totals(), nil
}
