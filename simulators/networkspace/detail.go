package networkspace

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// layersHeader names the columns of layers.csv; counts are those of one copy.
const layersHeader = "layer,type,copies,activation_bits,operand_bits,macs,cycles,energy_macs,l1_need_bytes,l2_need_bytes,offchip_bytes,verdict"

// detail lists the layers of a design, or why there are none.
func (s *simulator) detail(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
	_, list, refused, ok := s.network(p)
	if !ok {
		return []simulators.Artifact{{Name: "why.txt", MediaType: "text/plain", Data: []byte(refused.Infeasible + refused.Failed + "\n")}}, nil
	}
	integer := func(v int64) string { return strconv.FormatInt(v, 10) }
	setup := s.setup(p[s.axes:])
	rows := [][]string{strings.Split(layersHeader, ",")}
	var scratch dataflow.Scratch
	for _, w := range list {
		c, err := costOf(w, setup, s.composable, &scratch)
		if err != nil {
			return nil, err
		}
		rows = append(rows, []string{
			w.layer.Name, w.layer.Op.String(), integer(w.copies), strconv.Itoa(w.activation), strconv.Itoa(w.operand), integer(c.stats.MACs), integer(c.cycles),
			strconv.FormatFloat(c.energyMACs, 'g', 6, 64), integer(c.l1), integer(c.l2), integer(c.offchipBytes), c.stats.Infeasible.String(),
		})
	}
	var table bytes.Buffer
	if err := csv.NewWriter(&table).WriteAll(rows); err != nil {
		return nil, err
	}
	return []simulators.Artifact{{Name: "layers.csv", MediaType: "text/csv", Data: table.Bytes()}}, nil
}
