package accuracy

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// detail lists the layers of a network.
func (m *model) detail(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
	n, err := m.searched.Decode(p)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	if err := w.Write([]string{"layer", "operation", "output", "macs", "parameters"}); err != nil {
		return nil, err
	}
	for _, l := range n.Layers {
		row := []string{l.Name, l.Op.String(), l.Output().String(), strconv.FormatInt(l.MACs(), 10), strconv.FormatInt(l.Parameters(), 10)}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return []simulators.Artifact{{Name: "layers.csv", MediaType: "text/csv", Data: text.Bytes()}}, w.Error()
}
