package serve_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/serve"
	"github.com/codesign-gym/codesign/internal/wire"
)

func TestEvaluate(t *testing.T) {
	both(t, func(t *testing.T, hello *wire.Hello) {
		c, _ := dial(t, serve.Options{Name: "toy", Objective: &objective.Config{Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"area_mm2": 100}}}, hello)
		points := levels([]uint32{1, 1, 0, 1}, []uint32{3, 3, 0, 0}, []uint32{0, 1, 1, 1}) // the first with a level of an inactive axis, the last one is repaired
		r := c.ask(&wire.Evaluate{Points: points, Score: true}).(*wire.Results)
		require.Equal(t, []float64{64, 64}, r.Values.Row(0))
		require.Nil(t, r.Values.Row(1))
		require.Equal(t, []float64{514, 8}, r.Values.Row(2))
		require.Equal(t, []wire.Reason{{At: 1, Infeasible: "more than 1024 elements", Violation: 3}}, r.Reasons)
		require.Equal(t, []float64{-64}, r.Objectives.Row(0))
		require.Nil(t, r.Objectives.Row(1))
		require.InDeltaSlice(t, []float64{-0.36, 0}, r.Violations.Row(0), 1e-12)
		require.Equal(t, []float64{1, 3}, r.Violations.Row(1))
		require.Equal(t, -1.75, r.Reward[1], "-1 - U/(1+U) with U = 3")

		plain := c.ask(&wire.Evaluate{Points: points}).(*wire.Results)
		require.Equal(t, r.Values.Row(2), plain.Values.Row(2))
		require.Empty(t, plain.Reward)
		require.Zero(t, c.ask(&wire.Evaluate{}).(*wire.Results).Values.Rows, "an empty batch")

		require.Contains(t, c.refused(&wire.Evaluate{Points: levels([]uint32{4, 0, 0, 0})}), `level 4 of "rows" out of range [0, 4)`)
		require.Contains(t, c.refused(&wire.Evaluate{Points: levels([]uint32{0, 0})}), "designs of 2 levels for 4 axes")
	})
}

func TestRepairAndDetail(t *testing.T) {
	both(t, func(t *testing.T, hello *wire.Hello) {
		c, _ := dial(t, serve.Options{Name: "toy"}, hello)
		r := c.ask(&wire.Repair{Points: levels([]uint32{1, 1, 0, 0}, []uint32{2, 3, 1, 1})}).(*wire.Repaired)
		require.Equal(t, []uint32{1}, r.Changed)
		require.Equal(t, []uint32{1, 1, 0, 0, 2, 3, 1, 0}, r.Points.Data)

		d := c.ask(&wire.Detail{Point: []uint32{1, 1, 0, 0}}).(*wire.Explained)
		require.Equal(t, "because", *d.Artifacts[0].Text)
		require.Nil(t, d.Artifacts[1].Text)
		require.Equal(t, []byte{0xff, 0}, d.Artifacts[1].Base64)
	})
}
