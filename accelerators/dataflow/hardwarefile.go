package dataflow

import (
	"fmt"
	"io"
	"strings"
)

// hardwareKeys are the keys of a hardware file.
const hardwareKeys = "num_pes, l1_size_cstr, l2_size_cstr, noc_bw_cstr, offchip_bw_cstr, NoC_NumHops"

// ReadHardware reads a MAESTRO hardware file: lines of a key and a number,
//
//	num_pes: 256
//	l1_size_cstr: 100          bytes of a PE
//	l2_size_cstr: 3000         bytes
//	noc_bw_cstr: 1000          elements a cycle
//	offchip_bw_cstr: 50        elements a cycle
//	NoC_NumHops: 1             one cycle each; noc_num_hops is read as well
//
// name is the file's name in errors. The number of PEs is required. Without a bandwidth or a size there is no limit, without hops there is one.
func ReadHardware(name string, r io.Reader) (Hardware, error) {
	text, err := readAll(name, r)
	if err != nil {
		return Hardware{}, err
	}
	p := lex(name, text)
	h := Hardware{NoCBandwidth: MaxSize, HopCycles: 1}
	seen := map[string]bool{}
	for p.peek() != "" {
		key := p.next()
		value, err := p.number(key.text, nil, nil)
		if err != nil {
			return Hardware{}, err
		}
		if seen[key.text] {
			return Hardware{}, p.fail(key, "%s is stated twice", key.text)
		}
		seen[key.text] = true
		switch key.text {
		case "num_pes":
			h.PEs = value
		case "l1_size_cstr":
			h.L1Bytes = int64(value)
		case "l2_size_cstr":
			h.L2Bytes = int64(value)
		case "noc_bw_cstr":
			h.NoCBandwidth = value
		case "offchip_bw_cstr":
			h.OffchipBandwidth = value
		case "NoC_NumHops", "noc_num_hops":
			h.HopCycles = value
		default:
			return Hardware{}, p.fail(key, "unknown key %q: known are %s", key.text, hardwareKeys)
		}
	}
	if h.PEs == 0 {
		return Hardware{}, p.fail(p.next(), "num_pes is missing")
	}
	return h, nil
}

// WriteHardware writes a hardware file that ReadHardware and MAESTRO read. The format holds one hop or more and no SIMD lanes: other hardware is an error.
func WriteHardware(w io.Writer, h Hardware) error {
	if err := h.Check(); err != nil {
		return err
	}
	if h.HopCycles < 1 || h.SIMDLanes > 1 {
		return fmt.Errorf("dataflow: a hardware file cannot hold %d cycles of hop delay and %d SIMD lanes: want at least 1 and at most 1", h.HopCycles, h.SIMDLanes)
	}
	var b strings.Builder
	for _, entry := range []struct {
		key   string
		value int64
	}{
		{"num_pes", int64(h.PEs)},
		{"l1_size_cstr", h.L1Bytes},
		{"l2_size_cstr", h.L2Bytes},
		{"noc_bw_cstr", int64(h.NoCBandwidth)},
		{"offchip_bw_cstr", int64(h.OffchipBandwidth)},
		{"NoC_NumHops", int64(h.HopCycles)},
	} {
		if entry.value > 0 {
			fmt.Fprintf(&b, "%s: %d\n", entry.key, entry.value)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
