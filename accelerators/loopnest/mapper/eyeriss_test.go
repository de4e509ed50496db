package mapper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/golden"
	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
)

// eyeriss is the Eyeriss-like hierarchy of the reference rows for a layer.
func eyeriss(t testing.TB, layer dnn.Layer) *loopnest.Model {
	t.Helper()
	p, err := loopnest.FromLayer(layer, 1)
	require.NoError(t, err)
	designs, err := golden.Embedded()
	require.NoError(t, err)
	a := designs[0].Architecture
	for level, tensor := range map[string][]string{"shared_glb": {"Inputs", "Outputs"}, "ifmap_spad": {"Inputs"}, "weights_spad": {"Weights"}, "psum_spad": {"Outputs"}} {
		i, ok := a.Level(level)
		require.True(t, ok, level)
		a.Levels[i].Holds = tensor
	}
	m, err := loopnest.NewModel(p, a)
	require.NoError(t, err)
	return m
}

// rowStationary are the constraints of its dataflow: the kernel's rows in the scratchpad of weights, its columns in a column of processing elements.
func rowStationary() mapper.Constraints {
	var c mapper.Constraints
	for _, outside := range []string{"DRAM", "shared_glb"} {
		c.Levels = append(c.Levels, mapper.LevelConstraint{Level: outside, Temporal: []mapper.Factor{{Dimension: "R", Trips: 1}, {Dimension: "S", Trips: 1}}})
	}
	c.Levels = append(c.Levels,
		mapper.LevelConstraint{Level: "DRAM", Temporal: []mapper.Factor{{Dimension: "C", Trips: 1}}, NoSpatial: true},
		mapper.LevelConstraint{Level: "shared_glb", Keep: []string{"Inputs", "Outputs"}, NoSpatial: true},
		mapper.LevelConstraint{Level: "inter_PE_column_spatial", NoTemporal: true, SpatialX: []string{"Q", "M"}},
		mapper.LevelConstraint{Level: "inter_PE_spatial", NoTemporal: true, SpatialX: []string{"C", "M", "S"}, Spatial: []mapper.Factor{{Dimension: "S"}}},
		mapper.LevelConstraint{Level: "ifmap_spad", Keep: []string{"Inputs"}, NoTemporal: true, NoSpatial: true},
		mapper.LevelConstraint{Level: "weights_spad", Keep: []string{"Weights"}, NoTemporal: true, NoSpatial: true,
			Temporal: []mapper.Factor{{Dimension: "R"}, {Dimension: "C", Trips: 512, Max: true}}},
		mapper.LevelConstraint{Level: "psum_spad", Keep: []string{"Outputs"}, NoTemporal: true, NoSpatial: true,
			Temporal: []mapper.Factor{{Dimension: "M", Trips: 512, Max: true}}})
	return c
}

// resNetLayer is a layer of ResNet-50 by its name.
func resNetLayer(t testing.TB, name string) dnn.Layer {
	t.Helper()
	for _, l := range dnn.ResNet50().Layers {
		if l.Name == name {
			return l
		}
	}
	t.Fatalf("no layer %q of %v", name, dnn.ResNet50().Layers[10].Name)
	return dnn.Layer{}
}
