package soc

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Name is the block's name in the published library: "A53_pe", "descale_fxp_cloned_IP0_8_4_pe" (unroll, clock factor), "GMEM_5_8_mem" (DRAM of the width
// 4·2^5 bytes, clock factor; LMEM for SRAM), "LMEM_ic_0_1_ic" (a bus). The level of voltage has no place in it.
func (l Library) Name(g *Graph, b Block) string {
	width := slices.Index(l.WidthsBytes, b.WidthBytes)
	switch b.Kind {
	case GPP:
		return l.Processor.Name + "_pe"
	case IP:
		return fmt.Sprintf("%s_IP0_%d_%d_pe", g.Tasks[b.Task].Name, b.Unroll, b.ClockFactor)
	case SRAM:
		return fmt.Sprintf("LMEM_%d_%d_mem", width, b.ClockFactor)
	case DRAM:
		return fmt.Sprintf("GMEM_%d_%d_mem", width, b.ClockFactor)
	}
	return fmt.Sprintf("LMEM_ic_%d_%d_ic", width, b.ClockFactor)
}

// Named is the block of a name of the published library, without ID.
func (l Library) Named(g *Graph, name string) (Block, error) {
	b, ok := l.parse(g, name)
	if !ok || l.Name(g, b) != name {
		return Block{}, fmt.Errorf("soc: unknown block %q: known are %s_pe, TASK_IP0_UNROLL_CLOCK_pe, LMEM_WIDTH_CLOCK_mem, GMEM_WIDTH_CLOCK_mem, LMEM_ic_WIDTH_CLOCK_ic, "+
			"with WIDTH from 0 to %d and CLOCK one of %v", name, l.Processor.Name, len(l.WidthsBytes)-1, l.ClockFactors)
	}
	return b, nil
}

func (l Library) parse(g *Graph, name string) (Block, bool) {
	if name == l.Processor.Name+"_pe" {
		return Block{Kind: GPP}, true
	}
	parts := strings.Split(name, "_")
	if len(parts) < 4 {
		return Block{}, false
	}
	first, err1 := strconv.ParseInt(parts[len(parts)-3], 10, 64)
	clock, err2 := strconv.Atoi(parts[len(parts)-2])
	if err1 != nil || err2 != nil || !slices.Contains(l.ClockFactors, clock) {
		return Block{}, false
	}
	b := Block{ClockFactor: clock}
	switch head := strings.Join(parts[:len(parts)-3], "_"); head {
	case "LMEM":
		b.Kind = SRAM
	case "GMEM":
		b.Kind = DRAM
	case "LMEM_ic":
		b.Kind = Bus
	default:
		b.Kind, b.Unroll = IP, first
		b.Task = g.Index(strings.TrimSuffix(head, "_IP0"))
		return b, b.Task >= 0 && slices.Contains(l.Unrolls(g.Tasks[b.Task]), first)
	}
	if first < 0 || first >= int64(len(l.WidthsBytes)) {
		return Block{}, false
	}
	b.WidthBytes = l.WidthsBytes[first]
	return b, true
}
