package asic

import (
	"context"
	"errors"
	"sync"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// NetworkSpace is networks to choose from: a search space of package nas.
type NetworkSpace interface {
	Space() space.Space
	Decode(space.Point) (dnn.Network, error)
}

// SearchedSettings are the settings of what OpenSearched makes. Where DatapathSetting is declared beside them, it is read too.
func SearchedSettings() []simulators.Setting { return hardwareSettings() }

// maxSearched bounds the networks whose layers are remembered.
const maxSearched = 1 << 13

// searched is networks of a space on the accelerator of asic/template.
type searched struct {
	spec     simulators.Spec
	networks NetworkSpace
	hardware *simulators.Built[templateDesign]

	mu    sync.Mutex
	known map[string][]work // by the key of the network's point; shapes merged
}

// OpenSearched makes a simulator of the networks of a space, each run whole by an accelerator with a published dataflow: the axes are those of the space and then
// those of asic/template, the metrics those of asic/template. Layers that state widths are costed at them, see the package comment. A point that decodes to a
// *nas.MisfitError is an infeasible design.
func OpenSearched(name, doc string, networks NetworkSpace, s simulators.Settings) (simulators.Instance, error) {
	sc, err := newHardware(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	sc.divides = s.Map()[DatapathSetting().Name] == composablePath
	hardware, err := templateModel(sc, TemplateVersion).Build()
	if err != nil {
		return simulators.Instance{}, err
	}
	var params []space.Param
	for _, s := range []space.Space{networks.Space(), hardware.Spec().Space} {
		for _, p := range s.Params() {
			params = append(params, p)
		}
	}
	axes, err := space.New(params...)
	if err != nil {
		return simulators.Instance{}, err
	}
	m := &searched{
		spec:     simulators.Spec{Name: name, Version: TemplateVersion, Doc: doc, Space: axes, Metrics: templateMetrics()},
		networks: networks, hardware: hardware, known: map[string][]work{},
	}
	return simulators.Instance{Simulator: m, Detail: m.detail}, nil
}

// Spec implements simulators.Simulator.
func (m *searched) Spec() simulators.Spec { return m.spec }

// Evaluate implements simulators.Simulator.
func (m *searched) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		network, hardware := m.split(p)
		layers, err := m.layers(network)
		if _, misfit := errors.AsType[*nas.MisfitError](err); misfit {
			results[i] = simulators.Infeasible(err.Error(), 0)
		} else if err != nil {
			results[i] = simulators.Failed(err.Error())
		} else if len(layers) == 0 {
			results[i] = simulators.Infeasible("the network has no layer with multiply-accumulates", 0)
		} else {
			results[i] = evaluateTemplate(ctx, m.on(hardware, layers))
		}
	}
	return results, nil
}

// split cuts a point into that of the network and that of the accelerator.
func (m *searched) split(p space.Point) (network, hardware space.Point) {
	n := m.networks.Space().Len()
	return p[:n], p[n:]
}

// on is an accelerator with layers to run.
func (m *searched) on(hardware space.Point, layers []work) templateDesign {
	d := m.hardware.Config(hardware)
	sc := *d.scenario
	sc.work = layers
	d.scenario = &sc
	return d
}

// layers decodes a network once.
func (m *searched) layers(network space.Point) ([]work, error) {
	key := m.networks.Space().Key(network)
	m.mu.Lock()
	layers, known := m.known[key]
	m.mu.Unlock()
	if known {
		return layers, nil
	}
	all, err := m.decode(network)
	if err != nil {
		return nil, err
	}
	layers = merged(all)
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.known) >= maxSearched {
		clear(m.known)
	}
	m.known[key] = layers
	return layers, nil
}

func (m *searched) decode(network space.Point) ([]work, error) {
	n, err := m.networks.Decode(network)
	if err != nil {
		return nil, err
	}
	return fromNetwork(n)
}

// detail is that of asic/template for the network of the point.
func (m *searched) detail(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
	network, hardware := m.split(p)
	all, err := m.decode(network)
	if _, misfit := errors.AsType[*nas.MisfitError](err); misfit {
		return []simulators.Artifact{{Name: "why.txt", MediaType: "text/plain", Data: []byte(err.Error() + "\n")}}, nil
	}
	if err != nil {
		return nil, err
	}
	return templateDetails(m.spec.Name, all, m.on(hardware, merged(all)))
}

// templateDetails explains a design of asic/template layer by layer.
func templateDetails(name string, all []work, d templateDesign) ([]simulators.Artifact, error) {
	return details(name, all, func(_ int, w work, scratch *dataflow.Scratch) (o outcome, err error) {
		o.hardware = d.of(w)
		if !d.template.Systolic() {
			o.mapping = d.template.Map(w.layer.AsConv(), nil)
		}
		o.stats, err = d.template.Evaluate(o.hardware, w.layer, d.scenario.profile, scratch)
		return o, err
	})
}
