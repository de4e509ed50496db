package dram_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// structures are a design of each structure, on a device.
func structures(name string) map[string]space.Design {
	memory := func(structure string, more space.Design) space.Design {
		more["device"], more["mapping"], more["structure"] = name, "row-bank-column", structure
		return more
	}
	return map[string]space.Design{
		"dramsys": memory("dramsys", space.Design{
			"page_policy": "open", "scheduler": "frfcfs", "scheduler_buffer": "bankwise", "request_buffer_size": 8, "respqueue": "fifo",
			"refresh_policy": "all_bank", "refresh_max_postponed": 1, "refresh_max_pulled_in": 1, "arbiter": "simple", "cmd_mux": "oldest", "power_down": "none",
		}),
		"dramsim3": memory("dramsim3", space.Design{
			"dramsim3_page_policy": "open", "queue_per": "bank", "unified": "false", "transaction_queue_size": 32, "command_queue_size": 8, "row_hit_cap": 4,
			"dramsim3_refresh": "rank_staggered",
		}),
		"ramulator": memory("ramulator", space.Design{
			"ramulator_scheduler": "frfcfs", "row_policy": "open", "read_buffer_size": 32, "write_buffer_size": 32, "high_watermark": 0.8, "low_watermark": 0.2,
			"ramulator_refresh": "all_bank",
		}),
	}
}

func TestStructuresServeTheSameRequests(t *testing.T) {
	in := open(t, "dram/full", map[string]any{"requests": 500, "workload": "rand_rd"})
	var times []float64
	for name, d := range structures("ddr4-2400-8gb-x8") {
		m := evaluate(t, in, d)
		require.Equal(t, 500.0, m["n_rd"], name)
		times = append(times, m["time_ns"])
	}
	require.InEpsilon(t, times[0], times[1], 0.03, "one read every 20 clocks: no structure is the bottleneck")
	require.InEpsilon(t, times[0], times[2], 0.03)
}

func TestInfeasibleDesignsSayWhy(t *testing.T) {
	for _, c := range []struct {
		name, device, structure string
		set                     map[string]any
		change                  space.Design
		want                    string
	}{
		{"refresh of single banks", "ddr4-2400-8gb-x8", "dramsys", nil, space.Design{"refresh_policy": "per_bank"}, "has no refresh of single banks"},
		{"strict multiplexer", "ddr4-2400-8gb-x8", "dramsys", nil, space.Design{"cmd_mux": "strict"}, "CmdMux"},
		{"nothing measured", "gddr6-14000-8gb-x16x2", "dramsim3", map[string]any{"defects": "peer"}, nil, "nothing was measured"},
		{"trace too large", "hbm2-2000-4gb-x128", "dramsys", map[string]any{"workload": "random"}, nil, "the trace does not fit into the memory"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set := map[string]any{"requests": 100, "workload": "stream"}
			for k, v := range c.set {
				set[k] = v
			}
			d := structures(c.device)[c.structure]
			for k, v := range c.change {
				d[k] = v
			}
			r := result(t, open(t, "dram/full", set), d)
			require.Nil(t, r.Values)
			require.Contains(t, r.Infeasible, c.want)
		})
	}
}

func TestDetailShowsWhatTheControllerDid(t *testing.T) {
	for _, name := range []string{"dramsys", "dramsim3", "ramulator"} {
		t.Run(name, func(t *testing.T) {
			in := open(t, "dram/full", map[string]any{"requests": 200, "workload": "random-rw", "channels": 2, "ranks": 2})
			p, err := in.Simulator.Spec().Space.Point(structures("ddr4-2400-8gb-x8")[name])
			require.NoError(t, err)
			detail, err := in.Detail(context.Background(), p)
			require.NoError(t, err)
			again, err := in.Detail(context.Background(), p)
			require.NoError(t, err)
			require.Equal(t, detail, again)
			require.Equal(t, []string{"commands.csv", "timeline.svg", "summary.json"}, []string{detail[0].Name, detail[1].Name, detail[2].Name})
			requireLegal(t, detail[0])
			requireDrawing(t, detail[1])
			var summary struct{ CommandsIssued, CommandsListed int }
			require.NoError(t, json.Unmarshal(detail[2].Data, &summary))
			require.Equal(t, bytes.Count(detail[0].Data, []byte("\n"))-1, summary.CommandsIssued)
			require.Equal(t, summary.CommandsIssued, summary.CommandsListed)
		})
	}
}

// requireLegal replays a command trace by the rules of the standard.
func requireLegal(t *testing.T, commands simulators.Artifact) {
	t.Helper()
	d, err := device.Lookup("ddr4-2400-8gb-x8")
	require.NoError(t, err)
	checker, err := jedec.New(d, jedec.Options{Channels: 2, Ranks: 2})
	require.NoError(t, err)
	columns := 0
	for i, err := range jedec.ReadCSV(bytes.NewReader(commands.Data)) {
		require.NoError(t, err)
		require.Empty(t, checker.Check(i))
		if i.Command.IsColumn() {
			columns++
		}
	}
	require.Positive(t, columns)
}

// requireDrawing is well-formed XML with something in it.
func requireDrawing(t *testing.T, drawing simulators.Artifact) {
	t.Helper()
	require.Equal(t, "image/svg+xml", drawing.MediaType)
	tokens, boxes := xml.NewDecoder(bytes.NewReader(drawing.Data)), 0
	for {
		token, err := tokens.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "rect" {
			boxes++
		}
	}
	require.Greater(t, boxes, 100)
}
