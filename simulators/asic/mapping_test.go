package asic_test

import (
	"testing"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/asic"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func TestMappingContract(t *testing.T) {
	file := networkFile(t, twoLayers)
	for _, c := range []struct {
		name    string
		factory simulators.Factory
		set     map[string]any
	}{
		{"mapping", asic.Mapping(), nil},
		{"mapping, maestro", asic.Mapping(), map[string]any{"profile": "maestro", "layer": "1", "parallel_kernel": true}},
		{"mapping, all layers", asic.Mapping(), map[string]any{"network": "mobilenet-v2", "layer": "all", "sizes": "covering", "l1_bytes": 0, "l2_bytes": 0}},
		{"mapping, bert-base", asic.Mapping(), map[string]any{"network": "bert-base", "sizes": "divisors", "min_levels": 2, "max_levels": 2}},
		{"mapping, file", asic.Mapping(), map[string]any{"network_file": file, "area_table": "gamma", "max_levels": 1}},
		{"digamma", asic.Digamma(), nil},
		{"digamma, maestro", asic.Digamma(), map[string]any{"network": "alexnet", "layer": "3", "profile": "maestro", "sizes": "covering", "area_budget_mm2": 0.0}},
	} {
		t.Run(c.name, func(t *testing.T) { simtest.Test(t, open(t, c.factory, c.set), simtest.Points(16)) })
	}
}
