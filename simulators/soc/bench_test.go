package soc

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func opened(t testing.TB, given map[string]any) *comprehensive {
	settings, err := simulators.NewSettings(Comprehensive().Settings, given)
	require.NoError(t, err)
	c, err := openComprehensive(settings)
	require.NoError(t, err)
	return c
}

func BenchmarkComprehensiveEvaluate(b *testing.B) {
	c := opened(b, map[string]any{"profile": reference})
	p, _ := c.repair(c.spec.Space.Sample(seed.New(1)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Evaluate(context.Background(), []space.Point{p}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRepair(b *testing.B) {
	c := opened(b, map[string]any{"profile": reference})
	p := c.spec.Space.Sample(seed.New(1))
	b.ReportAllocs()
	for b.Loop() {
		c.repair(p)
	}
}

func BenchmarkAdvise(b *testing.B) {
	c := opened(b, map[string]any{"profile": reference})
	p, _ := c.repair(c.spec.Space.Sample(seed.New(1)))
	b.ReportAllocs()
	for b.Loop() {
		c.advise(p)
	}
}
