package accuracy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/process"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// cachedClasses is how many classes of an external oracle are remembered.
const cachedClasses = 1 << 20

// openExternal starts a training script. It must have the axes of the search space and report accuracy_percent. It is asked for the canonical network
// of a class, once.
func openExternal(s simulators.Settings, searched nas.Named) (simulators.Instance, error) {
	words := strings.Fields(s.String("command"))
	if len(words) == 0 {
		return simulators.Instance{}, fmt.Errorf("setting command is needed for oracle = %q: the training script", oracleExternal)
	}
	program, err := process.Open(context.Background(), process.Options{
		Command: words, Program: "codesign", Timeout: time.Duration(s.Float("timeout") * float64(time.Second)),
	})
	if err != nil {
		return simulators.Instance{}, err
	}
	m, err := newTrained(program, searched, s)
	if err != nil {
		return simulators.Instance{}, errors.Join(err, program.Close())
	}
	return simulators.Instance{Simulator: m, Detail: m.detail}, nil
}

// trained is the accuracies that a script reports, as an oracle cannot tell them: an evaluation may fail.
type trained struct {
	model
	script simulators.Simulator // behind a cache
	column int                  // of its metrics
}

func newTrained(script simulators.Simulator, searched nas.Named, s simulators.Settings) (*trained, error) {
	spec := script.Spec()
	if err := sameAxes(spec.Space, searched.Space()); err != nil {
		return nil, fmt.Errorf("%s: %w", spec.Name, err)
	}
	key := metrics()[0].Key()
	column := slices.Index(spec.Keys(), key)
	if column < 0 {
		return nil, fmt.Errorf("%s reports %s: want %s", spec.Name, strings.Join(spec.Keys(), ", "), key)
	}
	return &trained{
		model: model{
			searched: searched, noise: noise{deviation: s.Float("noise"), seed: uint64(s.Int("noise_seed"))},
			spec: simulators.Spec{
				Name: Factory().Name, Version: Version + "+" + spec.Name + "." + spec.Version, Doc: strings.SplitN(Factory().Doc, "\n", 2)[0],
				Space: searched.Space(), Metrics: metrics(),
			},
		},
		script: wrap.Cache(wrap.NewStore(cachedClasses))(script), column: column,
	}, nil
}

// Evaluate implements simulators.Simulator.
func (t *trained) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	canonical := make([]space.Point, len(points))
	for i, p := range points {
		canonical[i] = t.searched.Canonical(p)
	}
	results, err := t.script.Evaluate(ctx, canonical)
	if err != nil {
		return nil, err
	}
	for i, r := range results {
		if r.Values != nil {
			results[i] = t.complete(points[i], r.Values[t.column])
		}
	}
	return results, nil
}

// complete is the result of a network whose accuracy is known.
func (t *trained) complete(p space.Point, percent float64) simulators.Result {
	if !(percent >= 0 && percent <= 100) {
		return simulators.Failed(fmt.Sprintf("the script reports an accuracy of %v: want [0, 100] %%", percent))
	}
	n, err := t.searched.Decode(p)
	if err != nil {
		return simulators.Failed(err.Error())
	}
	totals := n.Totals()
	return simulators.OK(t.noise.add(percent, t.spec.Space, p), 0, float64(totals.Parameters), float64(totals.MACs))
}

// sameAxes compares what axes mean, not how they are described.
func sameAxes(got, want space.Space) error {
	if !slices.Equal(got.Names(), want.Names()) {
		return fmt.Errorf("axes %s: want %s", strings.Join(got.Names(), ", "), strings.Join(want.Names(), ", "))
	}
	for axis, p := range want.Params() {
		q := got.Param(axis)
		same := func(a, b space.Cond) bool { return a.Param == b.Param && slices.Equal(a.In, b.In) }
		if q.Kind != p.Kind || !slices.Equal(q.Values, p.Values) || !slices.Equal(q.Labels, p.Labels) || !slices.EqualFunc(q.When, p.When, same) {
			return fmt.Errorf("axis %s: want %s, active under the same conditions", q.Range(), p.Range())
		}
	}
	return nil
}
