package xr

import (
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/simulators"
	domain "github.com/codesign-gym/codesign/soc/xr"
)

// maxAccelerators bounds a design.
const maxAccelerators = 4

// maxSeed bounds the seed: settings are exact below 2^53.
const maxSeed = 1 << 52

func settings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "scenario", Doc: "usage scenario of XRBench; all = one after another on the same accelerators, the score is their mean",
			Default: defaultScenario, Allowed: append(scenarioNames(), allScenarios)},
		{Name: "scenario_file", Doc: "TOML file with a usage scenario of your own, scenario left out: [[stream]] of model (XRBench's or of the zoo), fps, after, launch_frac; empty = none", Default: ""},
		{Name: "max_accelerators", Doc: "accelerators that a design may have", Default: 2, Min: 1, Max: maxAccelerators},
		{Name: "pe_budget", Unit: "PE", Doc: "processing elements of all accelerators together", Default: 4096, Min: 64, Max: 4096 * maxAccelerators},
		{Name: "offchip_budget", Unit: "elements/cycle", Doc: "off-chip link that the accelerators share", Default: 128, Min: 4, Max: 128 * maxAccelerators},
		{Name: "clock_mhz", Unit: "MHz", Doc: "clock of all accelerators", Default: 1000.0, Min: 1, Max: 10000},
		{Name: "dram_energy", Unit: "pJ/bit", Doc: "energy of the off-chip link; the default is Horowitz' (accelerators/tech), low-power parts are nearer to 4",
			Default: tech.Horowitz45().DRAMEnergyPJPerBit, Min: 0, Max: 1000},
		{Name: "profile", Doc: "rules of the schedule and the scores: those of the paper, or its program's own; the latter has no order, placement, admission or jitter",
			Default: "repaired", Allowed: []string{"repaired", "xrbench"}},
		{Name: "run_ms", Unit: "ms", Doc: "time in which frames arrive", Default: float64(domain.DefaultRunMS), Min: 1, Max: 60000},
		{Name: "jitter_ms", Unit: "ms", Doc: "span of the arrivals around their times, uniform; at most 16 at 60 frames/s", Default: 0.0, Min: 0, Max: 1000},
		{Name: "seed", Doc: "of the launches and the jitter, the same for every design", Default: 1, Min: 0, Max: maxSeed},
		{Name: "energy_ceiling_mj", Unit: "mJ", Doc: "energy of a frame that scores nothing", Default: float64(domain.DefaultEnergyCeilingMJ), Min: 0.001, Max: 1e6},
		{Name: "accuracy_frac", Doc: "accuracy score of every model: measured over wanted, at most 1; not in profile xrbench", Default: 1.0, Min: 0.001, Max: 1},
	}
}

func scenarioNames() (names []string) {
	for _, s := range domain.Scenarios() {
		names = append(names, s.Name)
	}
	return names
}

// allScenarios is the value of the setting scenario that runs all of them.
const allScenarios = "all"

// usage is one usage scenario that runs.
type usage struct {
	*domain.Workload
	network []int // of scenario.networks, by stream
}

func (u usage) streams() []domain.Stream { return u.Scenario.Streams }

// scenario is what the settings fix. Evaluations share it; only the memory of costs and the pool change.
type scenario struct {
	usages   []usage
	networks []domain.Network // each model once
	options  domain.Options   // the constants of the scores
	base     domain.Accelerator
	silicon  silicon

	maxAccelerators, peBudget, offchipBudget int

	known   sync.Map  // shape -> []domain.FrameCost, by network: a pure function kept
	scratch sync.Pool // of *scratch
}

// scratch is the memory of an evaluation.
type scratch struct {
	layers   dataflow.Scratch
	schedule domain.Scratch
	fitting  []domain.Cost // accelerator after accelerator, by network
	costs    []domain.Cost // of one usage
}

// newScenario resolves the settings; origin tells apart files that the settings only name, for the version.
func newScenario(s simulators.Settings) (sc *scenario, origin string, err error) {
	sc = &scenario{
		options:         domain.Options{EnergyCeilingMJ: s.Float("energy_ceiling_mj")},
		base:            domain.Accelerator{ClockMHz: s.Float("clock_mhz"), DRAMEnergyPJPerBit: s.Float("dram_energy")},
		maxAccelerators: s.Int("max_accelerators"), peBudget: s.Int("pe_budget"), offchipBudget: s.Int("offchip_budget"),
		scratch: sync.Pool{New: func() any { return new(scratch) }},
	}
	if sc.silicon, err = newSilicon(); err != nil {
		return nil, "", err
	}
	usages, origin, err := chosen(s)
	if err != nil {
		return nil, "", err
	}
	for _, u := range usages {
		if err := sc.add(u, s); err != nil {
			return nil, "", err
		}
	}
	return sc, origin, nil
}

// add spells out a usage scenario.
func (sc *scenario) add(which domain.Scenario, s simulators.Settings) error {
	var profile domain.Profile
	if err := profile.UnmarshalText([]byte(s.String("profile"))); err != nil {
		return err
	}
	if accuracy := s.Float("accuracy_frac"); accuracy != 1 && profile == domain.XRBench {
		return fmt.Errorf("setting accuracy_frac = %g: profile xrbench leaves accuracy out: leave it at 1", accuracy)
	}
	for i := range which.Streams {
		which.Streams[i].AccuracyFrac = s.Float("accuracy_frac")
	}
	timing := domain.Timing{RunMS: s.Float("run_ms"), JitterMS: s.Float("jitter_ms")}
	workload, err := domain.NewWorkload(which, profile, timing, draws(uint64(s.Int("seed")), which.Name))
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(workload.Frames, func(f domain.Frame) bool { return f.Launched }) {
		return fmt.Errorf("setting run_ms = %g: no frame of %s arrives within it", workload.RunMS, which.Name)
	}
	u := usage{Workload: workload}
	for _, stream := range which.Streams {
		at := slices.IndexFunc(sc.networks, func(n domain.Network) bool { return n.Model == stream.Model })
		if at < 0 {
			n, err := network(stream.Model)
			if err != nil {
				return err
			}
			at, sc.networks = len(sc.networks), append(sc.networks, n)
		}
		u.network = append(u.network, at)
	}
	sc.usages = append(sc.usages, u)
	return nil
}

// draws are the numbers of a frame, from a stream of its own: a longer run or another model moves no other frame.
func draws(root uint64, scenario string) domain.Draw {
	return func(stream, number int) (launch, jitter float64) {
		r := seed.New(root, "xr", scenario, strconv.Itoa(stream), strconv.Itoa(number))
		return r.Float64(), r.Float64()
	}
}
