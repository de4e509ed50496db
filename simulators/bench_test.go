package simulators_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// BenchmarkModelEvaluate is what the façade adds to a model: the configuration decoded from a point, the result allocated.
func BenchmarkModelEvaluate(b *testing.B) {
	s, err := hardware().Build()
	require.NoError(b, err)
	points := []space.Point{{0, 0, 0, 0}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Evaluate(context.Background(), points); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheckResult(b *testing.B) {
	s, err := hardware().Build()
	require.NoError(b, err)
	spec, r := s.Spec(), simulators.OK(1, 2)
	b.ReportAllocs()
	for b.Loop() {
		if err := spec.CheckResult(r); err != nil {
			b.Fatal(err)
		}
	}
}
