package examples

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

// cluster is a configuration with one axis of each kind.
type cluster struct {
	Cores    int
	Cache    string
	CacheKiB int // of the cache "shared"; 0 = there is none
	Loops    []int
}

func missesPerElement(_ context.Context, c cluster) simulators.Result {
	outer := c.Loops[0] // the index, in the labels, of the loop that runs outermost
	return simulators.OK(1 / float64(c.Cores*(1+c.CacheKiB)*(1+outer)))
}

func newCluster() (simulators.Instance, error) {
	sim, err := simulators.Model[cluster]{
		Name: "cluster", Version: "1.0.0", Doc: "One axis of each kind.", Eval: missesPerElement,
		Metrics: []simulators.Metric{{Name: "misses", Unit: "1/element", Doc: "made up"}},
		Fields: []simulators.Field[cluster]{
			simulators.Int("cores", "", "", []int{1, 2, 4}, func(c *cluster) *int { return &c.Cores }).In("compute"),
			simulators.Choice("cache", "", []string{"none", "shared"}, func(c *cluster) *string { return &c.Cache }).In("memory"),
			simulators.Int("cache_size", "KiB", "", []int{64, 128}, func(c *cluster) *int { return &c.CacheKiB }).In("memory").When("cache", "shared"),
			simulators.Order("loops", "outermost first", []string{"m", "n", "k"}, func(c *cluster) *[]int { return &c.Loops }).In("compute"),
		},
	}.Build()
	if err != nil {
		return simulators.Instance{}, err
	}
	return simulators.Instance{
		Simulator: sim,
		// Four cores need the cache: a design without it gets the smallest one.
		Repair: func(p space.Point) (space.Point, bool) {
			if sim.Config(p).Cores == 4 && sim.Config(p).Cache == "none" {
				return space.Point{p[0], 1, 0, p[3]}, true
			}
			return p, false
		},
		// What the report and `eval --detail` show beside a design.
		Detail: func(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
			text, err := json.Marshal(sim.Config(p))
			return []simulators.Artifact{{Name: "config.json", MediaType: "application/json", Data: text}}, err
		},
	}, nil
}

func Example() {
	c, err := newCluster()
	if err != nil {
		fmt.Println(err)
		return
	}
	s := c.Simulator.Spec().Space
	fmt.Println(s.Size(), "designs of", s.RawSize(), "level vectors")
	p, err := s.Point(space.Design{"cores": 4, "cache": "none", "loops": "k>m>n"})
	if err != nil {
		fmt.Println(err)
		return
	}
	repaired, changed := c.Repair(p)
	fmt.Println(s.Design(repaired), changed)
	// Output:
	// 54 designs of 72 level vectors
	// map[cache:shared cache_size:64 cores:4 loops:k>m>n] true
}

func TestClusterKeepsTheContract(t *testing.T) {
	c, err := newCluster()
	require.NoError(t, err)
	simtest.Test(t, c)
}
