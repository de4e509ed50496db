package coexplore

import (
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/hetero"
	"github.com/codesign-gym/codesign/env/space"
)

// Steps of the axes of a sub-accelerator, those of the published designs.
const (
	peStep        = 32
	bandwidthStep = 8
)

// networkAxes renames the axes of a search space for network n: "net1_fn0", in the group "network1".
func networkAxes(s space.Space, n int) (params []space.Param) {
	prefix := fmt.Sprintf("net%d_", n)
	for _, p := range s.Params() {
		p.Name, p.Group = prefix+p.Name, fmt.Sprintf("network%d", n)
		when := make([]space.Cond, len(p.When))
		for i, c := range p.When {
			when[i] = space.Cond{Param: prefix + c.Param, In: c.In}
		}
		p.When = when
		params = append(params, p)
	}
	return params
}

// subAxes are PEs, template and bandwidth of sub-accelerator n.
func subAxes(n int, l hetero.Limits) []space.Param {
	group, prefix := fmt.Sprintf("sub%d", n), fmt.Sprintf("sub%d_", n)
	pes := space.Param{Name: prefix + "pes", Unit: "PE", Doc: "processing elements; 0 = the sub-accelerator is not built", Group: group, Kind: space.Ordinal}
	var built []string
	for v := 0; v <= l.PEs; v += peStep {
		pes.Values = append(pes.Values, float64(v))
		if v > 0 {
			built = append(built, strconv.Itoa(v))
		}
	}
	when := []space.Cond{{Param: pes.Name, In: built}}
	template := space.Param{Name: prefix + "template", Doc: "dataflow: kcp NVDLA, yxp ShiDianNao, yrp Eyeriss", Group: group, Kind: space.Nominal, When: when}
	for _, t := range templates() {
		template.Labels = append(template.Labels, t.String())
	}
	bandwidth := space.Param{Name: prefix + "bandwidth", Unit: "elements/cycle", Doc: "NoC; GB/s at 1 GHz and one byte an element", Group: group, Kind: space.Ordinal, When: when}
	for v := bandwidthStep; v <= l.NoCBandwidth; v += bandwidthStep {
		bandwidth.Values = append(bandwidth.Values, float64(v))
	}
	return []space.Param{pes, template, bandwidth}
}

// Places of the axes of a sub-accelerator.
const (
	atPEs = iota
	atTemplate
	atBandwidth
	subAxisCount
)

func templates() []dataflow.Template {
	return []dataflow.Template{dataflow.KCP, dataflow.YXP, dataflow.YRP}
}

// sub reads a sub-accelerator from its axes.
func sub(p space.Point) hetero.Sub {
	if p[atPEs] == 0 {
		return hetero.Sub{}
	}
	return hetero.Sub{Template: templates()[p[atTemplate]], PEs: p[atPEs] * peStep, NoCBandwidth: (p[atBandwidth] + 1) * bandwidthStep}
}
