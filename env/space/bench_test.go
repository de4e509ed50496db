package space_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// twelve is a space of 12 axes of 300 levels, every third one conditional.
func twelve(b *testing.B) space.Space {
	var params []space.Param
	for i := range 12 {
		p := ordinal("axis"+strconv.Itoa(i), 300)
		if i%3 == 2 {
			p.When = []space.Cond{when("axis"+strconv.Itoa(i-1), "1", "7", "200")}
		}
		params = append(params, p)
	}
	s, err := space.New(params...)
	require.NoError(b, err)
	return s
}

func BenchmarkKey(b *testing.B) {
	s := twelve(b)
	p := s.Sample(seed.New(1))
	b.ReportAllocs()
	for b.Loop() {
		s.Key(p)
	}
}

func BenchmarkAppendKey(b *testing.B) {
	s := twelve(b)
	p := s.Sample(seed.New(1))
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = s.AppendKey(buf[:0], p)
	}
}

func BenchmarkSample(b *testing.B) {
	s, rng := twelve(b), seed.New(1)
	b.ReportAllocs()
	for b.Loop() {
		s.Sample(rng)
	}
}

func BenchmarkAppendFeatures(b *testing.B) {
	s := twelve(b)
	p := s.Sample(seed.New(1))
	features := slices.Clone(s.AppendFeatures(nil, p))
	b.ReportAllocs()
	for b.Loop() {
		features = s.AppendFeatures(features[:0], p)
	}
}

func BenchmarkSize(b *testing.B) {
	s := twelve(b)
	b.ReportAllocs()
	for b.Loop() {
		s.Size()
	}
}
