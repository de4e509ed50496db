package agenttest

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
)

func checkInfeasible(make New) error {
	for _, c := range []struct {
		what string
		of   func(id int) (string, float64)
	}{
		{"every design is infeasible by an unknown violation", func(int) (string, float64) { return "does not fit", 0 }},
		{"every design is infeasible by a known violation", func(id int) (string, float64) { return "does not fit", float64(1 + id%7) }},
		{"every second design is infeasible or failed", func(id int) (string, float64) {
			return []string{"", "does not fit", "", "failed: timeout"}[id%4], float64(id % 3)
		}},
	} {
		for _, lag := range []int{1, 5} {
			if err := make.everywhere(results{infeasible: c.of, constraints: 1}, Study{Budget: 120, Lag: lag}, nil); err != nil {
				return fmt.Errorf("%s, %d in flight: %w", c.what, lag, err)
			}
		}
	}
	return nil
}

func checkGiven(make New) error {
	r := results{constraints: 1, infeasible: func(id int) (string, float64) {
		return []string{"", "", "does not fit"}[id%3], float64(id % 2)
	}}
	for _, count := range []int{1, 200} {
		for _, name := range spaceNames() {
			p := r.problem(spaces()[name], 100)
			var given []agents.Trial
			for point := range repeated(p.Space, count) {
				t := r.evaluate(len(given), point)
				t.ID, t.Point, t.Given = len(given), point, true
				given = append(given, t)
			}
			for _, lag := range []int{1, 5} {
				agent, err := make.made(p, 5)
				if err != nil {
					return err
				}
				trials, err := Study{Evaluate: r.evaluate, Budget: 100, Lag: lag, Given: given}.Run(agent, p.Space)
				if err == nil && len(trials) == 0 && p.Space.Size().Int64() > 12 {
					err = fmt.Errorf("the agent proposed nothing at all")
				}
				if err != nil {
					return fmt.Errorf("space %q, %d given trials, %d in flight: %w", name, len(given), lag, err)
				}
			}
		}
	}
	return nil
}

// repeated walks the first designs of a space over and over, count in all.
func repeated(s space.Space, count int) func(yield func(space.Point) bool) {
	return func(yield func(space.Point) bool) {
		p := make(space.Point, s.Len())
		for i := range count {
			if !yield(slices.Clone(p)) {
				return
			}
			if i%40 == 39 {
				clear(p)
			} else {
				s.Next(p)
			}
		}
	}
}

func checkObjectives(make New) error {
	return make.everywhere(results{objectives: 2, constraints: 2}, Study{Budget: 200, Lag: 3}, nil)
}

func checkFinished(make New) error {
	return make.everywhere(results{}, Study{Budget: 60}, func(p agents.Problem, _ []agents.Trial) error {
		agent, err := make.made(p, 6)
		if err != nil {
			return err
		}
		study := Study{Evaluate: results{}.evaluate, Budget: 60, Lag: 4}
		trials, err := study.Run(agent, p.Space)
		if err != nil || len(trials) == study.Budget {
			return err
		}
		for range 3 {
			points, err := ask(agent, p.Space, 2)
			if err != nil {
				return err
			}
			if len(points) > 0 {
				return fmt.Errorf("the agent finished after %d designs and then proposed %v", len(trials), points[0])
			}
		}
		return nil
	})
}

func checkOwnership(make New) error {
	r := results{objectives: 2, constraints: 1}
	for _, name := range spaceNames() {
		p := r.problem(spaces()[name], 100)
		agent, err := make.made(p, 7)
		if err != nil {
			return err
		}
		var told, copies []agents.Trial
		study := Study{Budget: 100, Lag: 3, Evaluate: func(id int, point space.Point) agents.Trial {
			t := r.evaluate(id, point)
			t.ID, t.Point = id, point
			told = append(told, t)
			t.Point, t.Objectives, t.Violations = slices.Clone(t.Point), slices.Clone(t.Objectives), slices.Clone(t.Violations)
			copies = append(copies, t)
			return told[len(told)-1]
		}}
		if _, err := study.Run(agent, p.Space); err != nil {
			return fmt.Errorf("space %q: %w", name, err)
		}
		for i := range told {
			if !reflect.DeepEqual(told[i], copies[i]) {
				return fmt.Errorf("space %q: the agent changed trial %d from %v to %v", name, i, copies[i], told[i])
			}
		}
	}
	return nil
}

// checkSteadyWork compares the bytes allocated a trial near trial 2,000 and near trial 20,000: the least of several stretches each, so that
// growing tables do not count.
func checkSteadyWork(make New) error {
	const budget, stretch, slackBytes = 20_000, 500, 4096
	p := results{}.problem(functions.MustSpace(append(functions.Nominals("g", 20, 4), mixedSpace().Param(6))...), budget)
	agent, err := make.made(p, 8)
	if err != nil {
		return err
	}
	allocated := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.TotalAlloc
	}
	early, late := uint64(1<<62), uint64(1<<62)
	begin := uint64(0)
	study := Study{Budget: budget, Evaluate: func(id int, point space.Point) agents.Trial {
		if id%stretch == 0 {
			now := allocated()
			switch {
			case id > 1000 && id <= 4000:
				early = min(early, now-begin)
			case id > budget-4000:
				late = min(late, now-begin)
			}
			begin = allocated()
		}
		return results{}.evaluate(id, point)
	}}
	trials, err := study.Run(agent, p.Space)
	if err != nil {
		return err
	}
	if len(trials) == budget && late > 3*early+slackBytes*stretch {
		return fmt.Errorf("a trial allocates %d bytes near trial %d and %d bytes near trial 2,000", late/stretch, budget, early/stretch)
	}
	return nil
}
