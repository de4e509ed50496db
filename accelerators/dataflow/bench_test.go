package dataflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// resnet50 is the network as the engine sees it.
func resnet50(t testing.TB) (layers []dataflow.Layer) {
	t.Helper()
	for _, l := range dnn.ResNet50().Layers {
		layer, _, ok, err := dataflow.FromDNN(l)
		require.NoError(t, err)
		if ok {
			layers = append(layers, layer.AsConv())
		}
	}
	return layers
}

// BenchmarkEvaluate is one layer of ResNet-50, mapping included.
func BenchmarkEvaluate(b *testing.B) {
	layers := resnet50(b)
	for _, profile := range []dataflow.Profile{dataflow.Physical, dataflow.Maestro} {
		for _, template := range dataflow.Templates() {
			b.Run(profile.String()+"/"+template.String(), func(b *testing.B) {
				var scratch dataflow.Scratch
				var mapping dataflow.Mapping
				h := dataflow.Hardware{PEs: 256, NoCBandwidth: 32}
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					layer := layers[i%len(layers)]
					mapping = template.Map(layer, mapping)
					if _, err := dataflow.Evaluate(h, layer, mapping, profile, &scratch); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
