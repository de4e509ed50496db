package genetic_test

import (
	"fmt"
	"math"
	"os"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/genetic"
	"github.com/codesign-gym/codesign/agents/hill"
	"github.com/codesign-gym/codesign/agents/random"
	"github.com/codesign-gym/codesign/agents/regevo"
	"github.com/codesign-gym/codesign/env/seed"
)

type mk func(p agents.Problem, s uint64) agents.Agent

func TestExp(t *testing.T) {
	want := os.Getenv("EXP")
	if want == "" {
		t.Skip()
	}
	variants := map[string]mk{
		"random": func(p agents.Problem, s uint64) agents.Agent { a, _ := random.New(p, seed.New(s, "x")); return a },
	}
	for _, pop := range []int{10, 15, 20, 25, 30, 40, 50} {
		for _, smp := range []int{2, 5, 10, 15, 20} {
			variants[fmt.Sprintf("regevo-%d-%d", pop, smp)] = func(p agents.Problem, s uint64) agents.Agent {
				a, _ := regevo.New(p, regevo.Options{Population: pop, Sample: smp}, seed.New(s, "x"))
				return a
			}
			variants[fmt.Sprintf("regevol-%d-%d", pop, smp)] = func(p agents.Problem, s uint64) agents.Agent {
				a, _ := regevo.New(p, regevo.Options{Population: pop, Sample: smp, Start: "lhs"}, seed.New(s, "x"))
				return a
			}
		}
		for _, el := range []int{2, 5, pop} {
			for _, mu := range []float64{0, -1} {
				for _, bl := range []float64{-1, 0.25, 0.5} {
					variants[fmt.Sprintf("ga-%d-%d-%v-%v", pop, el, mu, bl)] = func(p agents.Problem, s uint64) agents.Agent {
						a, _ := genetic.New(p, genetic.Options{Population: pop, Elites: el, Mutation: mu, Blend: bl}, seed.New(s, "x"))
						return a
					}
					variants[fmt.Sprintf("gar-%d-%d-%v-%v", pop, el, mu, bl)] = func(p agents.Problem, s uint64) agents.Agent {
						a, _ := genetic.New(p, genetic.Options{Population: pop, Elites: el, Mutation: mu, Blend: bl, Selection: "rank"}, seed.New(s, "x"))
						return a
					}
				}
			}
		}
	}
	for _, r := range []int{0, 1, 4} {
		for _, pat := range []int{0, 20, 50, 100} {
			variants[fmt.Sprintf("hill-%d-%d", r, pat)] = func(p agents.Problem, s uint64) agents.Agent {
				a, _ := hill.New(p, hill.Options{Reach: r, Patience: pat}, seed.New(s, "x"))
				return a
			}
		}
	}
	var names []string
	for n := range variants {
		for _, w := range strings.Split(want, ",") {
			if n == w || strings.HasSuffix(w, "*") && strings.HasPrefix(n, w[:len(w)-1]) {
				names = append(names, n)
			}
		}
	}
	sort.Strings(names)
	for _, budget := range []int{100, 200, 1000} {
		fmt.Printf("%-22s", fmt.Sprint(budget))
		for _, f := range agenttest.Functions() {
			fmt.Printf(" %9.9s", f.Name)
		}
		fmt.Println()
		for _, n := range names {
			fmt.Printf("%-22s", n)
			for _, f := range agenttest.Functions() {
				if w := os.Getenv("FN"); w != "" && !strings.Contains(w, f.Name) {
					continue
				}
				var vals []float64
				ns := 20
				if v, err := strconv.Atoi(os.Getenv("NS")); err == nil {
					ns = v
				}
				for s := range ns {
					a := variants[n](f.Problem(budget), uint64(s))
					best := math.Inf(1)
					var pts [][]float64
					for range budget {
						ps, err := a.Ask(1)
						if err != nil {
							t.Fatal(err)
						}
						tr := f.Trial(ps[0])
						if tr.Feasible() {
							best = min(best, -tr.Objectives[0])
							if f.Objectives > 1 {
								var m []float64
								for _, o := range tr.Objectives {
									m = append(m, -o)
								}
								pts = append(pts, m)
							}
						}
						a.Tell([]agents.Trial{tr})
					}
					if f.Objectives > 1 {
						ref := []float64{11, 11}
						if f.Objectives == 3 {
							ref = []float64{2.5, 2.5, 2.5}
						}
						best = agenttest.Hypervolume(pts, ref)
					}
					vals = append(vals, best)
				}
				sort.Float64s(vals)
				fmt.Printf(" %9.4g", (vals[ns/2-1]+vals[ns/2])/2)
			}
			fmt.Println()
		}
	}
}
