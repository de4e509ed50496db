package sweep

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"
	"time"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// Estimate is what a dry run tells of one scenario.
type Estimate struct {
	Scenario, Simulator string
	Designs             string // exact number of canonical designs, in decimal
	Studies, Trials     int
	Measured            int           // random designs whose evaluation was timed
	Evaluation          time.Duration // mean of one
	Full                int           // evaluations of the whole plan that cost as much; the others are of designs, or parts of them, that are known by then
	All                 time.Duration // evaluations of the whole plan, one after another, without agents
}

// The sample that a dry run times: so many designs and so long at least, but neither more nor longer than the last.
const (
	leastTimed, mostTimed = 20, 10_000
	leastTime, mostTime   = 20 * time.Millisecond, 2 * time.Second
)

// Estimate evaluates a few random designs of each scenario and tells what the plan will cost, were its trials random designs too: agents that
// converge repeat more of them. Nothing is written.
func (p *Plan) Estimate(ctx context.Context) ([]Estimate, error) {
	list := make([]Estimate, len(p.Scenarios))
	for _, st := range p.Studies {
		list[slices.Index(p.Scenarios, st.Scenario)].Studies++
	}
	trials, groups := p.trialsByScenario(), p.SameDesigns()
	for _, group := range groups {
		together := 0
		for _, i := range group {
			together += trials[p.Scenarios[i]]
		}
		for _, i := range group {
			s := p.Scenarios[i]
			w, err := p.stopwatch(ctx, s)
			if err != nil {
				return nil, fmt.Errorf("scenario %s: %w", s.Name, err)
			}
			evaluations := float64(together)
			if s.instance.Simulator != nil { // else it has a state, and nothing is known again
				evaluations = evaluated(evaluations, w.spec.Space.Size(), cached(len(groups)))
			}
			full := math.Min(evaluations, different(float64(together), w.kinds))
			share := float64(trials[s]) / math.Max(1, float64(together))
			e := &list[i]
			e.Scenario, e.Simulator, e.Designs, e.Trials = s.Name, w.spec.Name, w.spec.Space.Size().String(), trials[s]
			e.Measured, e.Evaluation, e.Full = len(w.timed), w.evaluation, int(math.Round(full*share))
			e.All = time.Duration(math.Min(share*(full*float64(e.Evaluation)+(evaluations-full)*float64(w.known)), 1<<62))
		}
	}
	return list, nil
}

// stopwatch has timed a sample of the scenario's designs.
func (p *Plan) stopwatch(ctx context.Context, s *Scenario) (*stopwatch, error) {
	instance, err := s.timed(p.File.Seed)
	if err != nil {
		return nil, err
	}
	w := newStopwatch(instance, p.trialTimeout())
	return w, w.sample(ctx, p.File.Seed, s.Name)
}

// timed is what one trial of the scenario evaluates: a design or, of an environment without a horizon, the first step of an episode.
func (s *Scenario) timed(seed uint64) (simulators.Instance, error) {
	if s.instance.Simulator != nil {
		return s.instance, nil
	}
	sim, err := env.AsSimulator(s.maker, 1, seed)
	return simulators.Instance{Simulator: sim}, err
}

// different is how many different ones are expected among so many drawn of equally likely kinds.
func different(drawn, kinds float64) float64 {
	if math.IsInf(kinds, 1) {
		return drawn
	}
	return -kinds * math.Expm1(-drawn/kinds)
}

// evaluated is how many evaluations so many random designs need with a cache of a capacity: each different one once at least, and what it has no room for.
func evaluated(trials float64, size *big.Int, capacity int) float64 {
	designs, _ := new(big.Float).SetInt(size).Float64() // infinite where there are more
	return math.Max(different(trials, designs), trials*(1-float64(capacity)/designs))
}

// stopwatch times evaluations of one simulator.
type stopwatch struct {
	sim     simulators.Simulator
	spec    simulators.Spec
	counter *wrap.Counter
	timed   []timedDesign // random ones

	evaluation time.Duration // mean of a full one
	kinds      float64       // full evaluations that there are: combinations of the axes by which the simulator keeps what it works out; infinite = it keeps nothing
	known      time.Duration // of an evaluation of which all that can be kept is known
}

type timedDesign struct {
	point space.Point
	cost  time.Duration
}

func newStopwatch(in simulators.Instance, timeout time.Duration) *stopwatch {
	w := &stopwatch{spec: in.Simulator.Spec(), kinds: math.Inf(1)}
	w.sim, w.counter = wrap.Stack(in, wrap.Options{Timeout: timeout})
	return w
}

// sample times random designs, and then finds out what the simulator keeps of one of a usual cost: the longest times may be other programs'.
func (w *stopwatch) sample(ctx context.Context, root uint64, scenario string) error {
	rng := seed.New(root, "estimate", scenario)
	for w.counter.Time() < mostTime && (len(w.timed) < leastTimed || len(w.timed) < mostTimed && w.counter.Time() < leastTime) {
		d, err := w.time(ctx, w.spec.Space.Sample(rng))
		if err != nil {
			return err
		}
		w.timed = append(w.timed, d)
	}
	later := slices.Clone(w.timed[len(w.timed)/2:]) // what is made once has been made by then
	w.evaluation = meanCost(later)
	slices.SortFunc(later, func(a, b timedDesign) int { return cmp.Compare(a.cost, b.cost) })
	return w.findKept(ctx, later[len(later)/2])
}

func meanCost(list []timedDesign) time.Duration {
	sum := time.Duration(0)
	for _, d := range list {
		sum += d.cost
	}
	return sum / time.Duration(len(list))
}

// findKept evaluates a design again. If that is ten times as quick the simulator keeps what it has worked out; by which axes is seen from designs that differ
// in one of them: is their time, in orders of magnitude, nearer to that of a known design or to that of a new one?
func (w *stopwatch) findKept(ctx context.Context, d timedDesign) error {
	again, err := w.time(ctx, d.point)
	if err != nil || again.cost > d.cost/10 {
		return err
	}
	w.known, w.kinds = again.cost, 1
	middle := time.Duration(math.Sqrt(float64(w.known) * float64(d.cost)))
	w.evaluation = meanCost(slices.DeleteFunc(slices.Clone(w.timed), func(d timedDesign) bool { return d.cost < middle }))
	for axis := range w.spec.Space.Len() {
		for level := range w.spec.Space.Neighbors(d.point, axis) {
			near := slices.Clone(d.point)
			near[axis] = level
			n, err := w.time(ctx, w.spec.Space.Canonical(near))
			if err != nil {
				return err
			}
			if n.cost > middle {
				w.kinds *= float64(w.spec.Space.Levels(axis))
				break
			}
		}
	}
	return nil
}

func (w *stopwatch) time(ctx context.Context, p space.Point) (timedDesign, error) {
	before := w.counter.Time()
	_, err := w.sim.Evaluate(ctx, []space.Point{p})
	return timedDesign{p, w.counter.Time() - before}, err
}
