package sweep_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// keeping is a simulator that takes 10 ms for rows and columns that it has not seen, and 10 µs for others.
type keeping struct {
	simulators.Simulator
	seen map[[2]int]bool
}

func (k keeping) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	for _, p := range points {
		if key := [2]int{p[0], p[1]}; k.seen[key] {
			time.Sleep(10 * time.Microsecond)
		} else {
			time.Sleep(10 * time.Millisecond)
			k.seen[key] = true
		}
	}
	return k.Simulator.Evaluate(ctx, points)
}

// estimates are those of a plan on a clock that counts nothing but what simulators wait for.
func estimates(t *testing.T, text string, c sweep.Catalog) (list []sweep.Estimate) {
	synctest.Test(t, func(t *testing.T) {
		p, err := sweep.NewPlan(parse(t, text), c)
		require.NoError(t, err)
		list, err = p.Estimate(t.Context())
		require.NoError(t, err)
		<-time.After(time.Hour) // parked goroutines end
	})
	return list
}

// Of 2,560 designs 240 random trials find 2560·(1 - exp(-240/2560)) = 229.1 different ones, of 200 µs each.
func TestEstimateTellsWhatAPlanCosts(t *testing.T) {
	list := estimates(t, "repeats = 3\n"+top+scenario+"set = { delay_us = 200 }\n"+agent+"[[agent]]\nkind = \"hill\"\n", catalog())
	require.Equal(t, []sweep.Estimate{{
		Scenario: "toy delay_us=200", Simulator: "toy", Designs: "2560", Studies: 6, Trials: 240, Measured: 100,
		Evaluation: 200 * time.Microsecond, Full: 229, All: list[0].All,
	}}, list)
	require.InDelta(t, 45.8, list[0].All.Seconds()*1e3, 0.1)
}

// Two scenarios about the same designs share them: 480 trials find 2560·(1 - exp(-480/2560)) = 437.7, half of them each.
func TestEstimateSharesDesigns(t *testing.T) {
	other := "[[scenario]]\nname = \"small\"\nsimulator = \"toy\"\nset = { delay_us = 200 }\nobjective = { minimise = [\"area_mm2\"] }\n"
	list := estimates(t, "repeats = 6\n"+top+scenario+"set = { delay_us = 200 }\n"+other+agent, catalog())
	require.Len(t, list, 2)
	for _, e := range list {
		require.Equal(t, []int{240, 219}, []int{e.Trials, e.Full})
		require.InDelta(t, 43.8, e.All.Seconds()*1e3, 0.1)
	}
}

// There are 64 sorts of rows and columns, of which 240 trials find 64·(1 - exp(-240/64)) = 62.5; the other 166.6 designs cost 10 µs.
func TestEstimateKnowsWhatSimulatorsKeep(t *testing.T) {
	c := catalog()
	inner := c.Simulators[0].New
	c.Simulators[0].New = func(s simulators.Settings) (simulators.Instance, error) {
		built, err := inner(s)
		return simulators.Instance{Simulator: keeping{built.Simulator, map[[2]int]bool{}}}, err
	}
	e := estimates(t, "repeats = 6\n"+top+scenario+agent, c)[0]
	require.Equal(t, []int{240, 62}, []int{e.Trials, e.Full})
	require.Equal(t, 10*time.Millisecond, e.Evaluation)
	require.InDelta(t, 62.5*10+166.6*0.01, e.All.Seconds()*1e3, 1)
}

// Settings that are left behind after 5 of 40 trials are counted so: 3 seeds of 9, of which 3 go on to 15 trials and one to 40.
func TestEstimateCountsRaces(t *testing.T) {
	race := "kind = \"ga\"\npopulation = [2, 3, 4, 5, 6, 7, 8, 9, 10]\nsearch = { kind = \"halving\", trials = 5 }\n"
	e := estimates(t, "repeats = 3\n"+top+scenario+"[[agent]]\n"+race, catalog())[0]
	require.Equal(t, []int{27, 3 * (6*5 + 2*15 + 40)}, []int{e.Studies, e.Trials})
}
