package dnn_test

import (
	"strings"
	"testing"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

func BenchmarkLayerMACs(b *testing.B) {
	l := dnn.ResNet50().Layers[0]
	b.ReportAllocs()
	for b.Loop() {
		l.MACs()
	}
}

func BenchmarkTotalsResNet50(b *testing.B) {
	n := dnn.ResNet50()
	b.ReportAllocs()
	for b.Loop() {
		n.Totals()
	}
}

func BenchmarkBuildResNet50(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		dnn.ResNet50()
	}
}

func BenchmarkReadTopology(b *testing.B) {
	text := strings.Repeat("conv,56,56,3,3,64,64,1,\n", 1000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := dnn.ReadTopology("b.csv", strings.NewReader(text), dnn.TopologyOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
