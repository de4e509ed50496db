package trace_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

const many = 200_000

func drain(t testing.TB, s trace.Source) {
	n := 0
	for _, ok := s.Next(); ok; _, ok = s.Next() {
		n++
	}
	require.NoError(t, s.Err())
	require.Equal(t, many, n)
}

// file is a trace of many requests as text of a format.
func file(t testing.TB, format trace.Format) []byte {
	w := lookup(t, "wr_rand")
	w.Requests = many
	var b bytes.Buffer
	writeCSV(&b, collect(t, w))
	if format == trace.CSV {
		return b.Bytes()
	}
	text := bytes.TrimPrefix(b.Bytes(), []byte("cycle,op,address\n"))
	text = bytes.ReplaceAll(text, []byte(",R,"), []byte(":\tread\t"))
	return bytes.ReplaceAll(text, []byte(",W,"), []byte(":\twrite\t"))
}

func BenchmarkGenerate(b *testing.B) {
	for _, name := range []string{"stream_rd", "rand_rd", "hotrow", "cloud-1", "cloud-1-rw"} {
		b.Run(name, func(b *testing.B) {
			w := lookup(b, name)
			w.Requests = many
			for b.Loop() {
				drain(b, w.Open())
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/many, "ns/request")
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for _, format := range []trace.Format{trace.DRAMSys, trace.CSV} {
		b.Run(format.String(), func(b *testing.B) {
			text := file(b, format)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				r, err := trace.Open("a", bytes.NewReader(text), trace.Options{Format: format})
				require.NoError(b, err)
				drain(b, r)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/many, "ns/request")
		})
	}
}

func TestRequestsAreNotAllocated(t *testing.T) {
	for _, w := range trace.Workloads() {
		t.Run(w.Name, func(t *testing.T) {
			s := w.Open()
			require.Zero(t, testing.AllocsPerRun(1000, func() { s.Next() }))
		})
	}
	for _, format := range []trace.Format{trace.DRAMSys, trace.DRAMSysRelative, trace.Ramulator, trace.DRAMsim3, trace.CSV} {
		t.Run(format.String(), func(t *testing.T) {
			line := map[trace.Format]string{
				trace.DRAMSys: "9223372036854775807:\t(64)\twrite\t0x7fffffffffffff00\t0x00\n", trace.DRAMSysRelative: "1: read 0x7fffffffffffff00\n",
				trace.Ramulator: "LD 9223372036854775807\n", trace.DRAMsim3: "0x7fffffffffffffff P_MEM_WR 9223372036854775807\n",
				trace.CSV: "9223372036854775807,R,0x7fffffffffffffff\n",
			}[format]
			text := bytes.Repeat([]byte(line), 2000)
			if format == trace.CSV {
				text = append([]byte("cycle,op,address\n"), text...)
			}
			r, err := trace.Open("a", bytes.NewReader(text), trace.Options{Format: format})
			require.NoError(t, err)
			ok := true
			require.Zero(t, testing.AllocsPerRun(1000, func() {
				_, more := r.Next()
				ok = ok && more
			}))
			require.True(t, ok)
		})
	}
}
