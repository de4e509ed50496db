package coexplore_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/coexplore"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func open(t testing.TB, set map[string]any) simulators.Instance {
	t.Helper()
	in, _, err := coexplore.NASAIC().Open(set)
	require.NoError(t, err)
	return in
}

func TestConformance(t *testing.T) {
	for name, set := range map[string]map[string]any{
		"w1": nil, "w2 homogeneous": {"workload": "w2", "variant": "homogeneous"}, "w3 single staged": {"workload": "w3", "variant": "single", "staged": true},
	} {
		t.Run(name, func(t *testing.T) { simtest.Test(t, open(t, set), simtest.Points(40)) })
	}
}

// point is a design by the names of its axes; axes left out have their first level.
func point(t testing.TB, in simulators.Instance, values map[string]any) space.Point {
	t.Helper()
	p, err := in.Simulator.Spec().Space.Point(values)
	require.NoError(t, err)
	return p
}
