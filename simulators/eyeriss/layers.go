package eyeriss

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/timeloop"
)

// layersHeader names the columns of layers.csv: figures are those of one copy.
const layersHeader = "layer,copies,macs,cycles,steps,limited_by,utilization_frac,energy_uj,energy_mac_uj,energy_spad_uj,energy_glb_uj,energy_dram_uj,dram_words,mappings_tried"

// details explains a design: a table of its layers, the best mapping of each as a nest with its counts, and a drawing of the one that takes longest.
func details(ctx context.Context, d design) ([]simulators.Artifact, error) {
	a, err := d.architecture()
	if err != nil {
		return nil, err
	}
	var table, nests bytes.Buffer
	rows := [][]string{strings.Split(layersHeader, ",")}
	var slowest best
	var most int64
	for _, l := range d.scenario.layers {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found, err := d.scenario.search(l, a)
		if err != nil {
			return nil, fmt.Errorf("layer %q: %w", l.name, err)
		}
		rows = append(rows, row(l, &found))
		fmt.Fprintf(&nests, "layer %s, %s\n\n", l.name, times(l.copies))
		if err := timeloop.WriteAnswer(&nests, found.model, &found.mapping, &found.result); err != nil {
			return nil, err
		}
		nests.WriteString("\n")
		if total := l.copies * found.result.Cycles; total > most {
			most, slowest = total, found
		}
	}
	if err := csv.NewWriter(&table).WriteAll(rows); err != nil {
		return nil, err
	}
	return []simulators.Artifact{
		{Name: "layers.csv", MediaType: "text/csv", Data: table.Bytes()},
		{Name: "nests.txt", MediaType: "text/plain", Data: nests.Bytes()},
		{Name: "nest.svg", MediaType: "image/svg+xml", Data: timeloop.Drawing(slowest.model, &slowest.mapping, &slowest.result).SVG()},
	}, nil
}

// row is a layer in the columns of layersHeader.
func row(l layer, found *best) []string {
	integer := func(v int64) string { return strconv.FormatInt(v, 10) }
	real := func(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
	r := &found.result
	var t totals
	one := l
	one.copies = 1
	t.add(one, r)
	return []string{
		l.name, integer(l.copies), integer(l.macs), integer(r.Cycles), integer(r.Steps), limit(found), real(r.UtilizationFrac), real(t.energyPJ * 1e-6), real(t.macPJ * 1e-6),
		real(t.spadPJ * 1e-6), real(t.glbPJ * 1e-6), real(t.dramPJ * 1e-6), integer(r.OutermostWords()), strconv.Itoa(found.tried),
	}
}

// limit names what sets the pace of a layer: the level whose bandwidth binds, or the units.
func limit(found *best) string {
	for i, l := range found.result.Levels {
		if l.Cycles > found.result.Steps && l.Cycles == found.result.Cycles {
			return found.model.Architecture().Levels[i].Name
		}
	}
	return "mac"
}

// times words a number of copies.
func times(copies int64) string {
	if copies == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", copies)
}
