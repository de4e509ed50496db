package networkspace

import (
	"context"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// wordBits is the width of what states none.
const wordBits = 8

// simulator is networks on an accelerator with what the networks are by themselves.
type simulator struct {
	simulators.Simulator // networks on the accelerator
	spec                 simulators.Spec
	networks             networks
}

// sizes lists the metrics that a network has by itself, in the order of appendSizes.
func sizes() []simulators.Metric {
	return []simulators.Metric{
		{Name: "network", Unit: "MACs", Doc: "multiply-accumulates of one inference"},
		{Name: "parameters", Doc: "trained values of the network"},
		{Name: "model", Unit: "bytes", Doc: "storage of the parameters: weights at their widths, all others in 8 bits"},
		{Name: "bit_drop", Unit: "%", Doc: "points of accuracy lost against 8 bits, by an assumed curve"},
	}
}

// Spec implements simulators.Simulator.
func (s *simulator) Spec() simulators.Spec { return s.spec }

// Evaluate implements simulators.Simulator.
func (s *simulator) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results, err := s.Simulator.Evaluate(ctx, points)
	if err != nil {
		return nil, err
	}
	for i, r := range results {
		if len(r.Values) == 0 {
			continue
		}
		n, err := s.networks.Decode(points[i][:s.networks.Space().Len()])
		if err != nil {
			return nil, err // it decoded a moment ago
		}
		t := n.Totals()
		results[i].Values = append(r.Values, float64(t.MACs), float64(t.Parameters), float64(n.WeightBytes(wordBits)), nas.DropOf(n).TotalPercent())
	}
	return results, nil
}
