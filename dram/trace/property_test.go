package trace_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/trace"
)

// TestWrittenTracesAreReadBack writes random requests as each format has them.
func TestWrittenTracesAreReadBack(t *testing.T) {
	pick := func(q trace.Request, read, write string) string {
		if q.Write {
			return write
		}
		return read
	}
	for _, test := range []struct {
		file   string
		header string
		clocks bool // the format has them
		line   func(q trace.Request, last int64) string
	}{
		{"a.stl", "", true, func(q trace.Request, _ int64) string {
			return fmt.Sprintf("%d:\t%s\t%#X", q.Cycle, pick(q, "read", "write"), q.Address)
		}},
		{"a.rstl", "", true, func(q trace.Request, last int64) string {
			return fmt.Sprintf("%d: %s %#x", q.Cycle-last, pick(q, "read", "write"), q.Address)
		}},
		{"a.trace", "", false, func(q trace.Request, _ int64) string { return fmt.Sprintf("%s %d", pick(q, "LD", "ST"), q.Address) }},
		{"b.trace", "", false, func(q trace.Request, _ int64) string { return fmt.Sprintf("%#x %s", q.Address, pick(q, "R", "W")) }},
		{"c.trace", "", true, func(q trace.Request, _ int64) string {
			return fmt.Sprintf("%x %s %d", q.Address, pick(q, "READ", "WRITE"), q.Cycle)
		}},
		{"a.csv", "cycle,op,address\n", true, func(q trace.Request, _ int64) string {
			return fmt.Sprintf("%d,%s,%#x", q.Cycle, pick(q, "R", "W"), q.Address)
		}},
	} {
		t.Run(test.file, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				gaps := rapid.SliceOfN(rapid.Int64Range(0, 1<<50), 1, 50).Draw(t, "gaps")
				const gap = 3
				var list []trace.Request
				var text strings.Builder
				text.WriteString(test.header)
				last := int64(0)
				for i, g := range gaps {
					q := trace.Request{
						Cycle:   last + g,
						Address: rapid.Uint64Range(0, 1<<63-1).Draw(t, "address"),
						Write:   rapid.Bool().Draw(t, "write"),
					}
					if !test.clocks {
						q.Cycle = gap * int64(i)
					}
					text.WriteString(test.line(q, last) + rapid.SampledFrom([]string{"\n", "\r\n", " \n#\n", "\n\n"}).Draw(t, "end"))
					list, last = append(list, q), q.Cycle
				}
				got, err := read(test.file, text.String(), trace.Options{GapCycles: gap})
				require.NoError(t, err)
				require.Equal(t, list, got)
			})
		})
	}
}
