package trace_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

// writeCSV writes a trace as the reference files have it.
func writeCSV(w io.Writer, requests []trace.Request) {
	fmt.Fprintln(w, "cycle,op,address")
	for _, r := range requests {
		op := "R"
		if r.Write {
			op = "W"
		}
		fmt.Fprintf(w, "%d,%s,0x%x\n", r.Cycle, op, r.Address)
	}
}

// collect streams a workload to its end.
func collect(t testing.TB, w trace.Workload) []trace.Request {
	t.Helper()
	list, err := trace.Collect(w.Open())
	require.NoError(t, err)
	return list
}

func lookup(t testing.TB, name string) trace.Workload {
	t.Helper()
	w, err := trace.Lookup(name)
	require.NoError(t, err)
	return w
}

// TestFormulasAreTheReferenceFiles compares with the SHA-256 of each reference file (zcat NAME.csv.gz | sha256sum).
func TestFormulasAreTheReferenceFiles(t *testing.T) {
	for _, test := range []struct {
		name     string
		requests int
		sum      string
	}{
		{"stream_rd", 10000, "7d0463c87b0003f26191932f8edec4c71c6123605560b950544f6d1329945c78"},
		{"stream_sat", 10000, "fc9cd617b1dc77395e1f9c570213cd7d1fb6f95cb779cb7a01a39a84896518ee"},
		{"copy", 10000, "aee9f9126c1f37f597368d39da97e7f28afd85249794ba66e0a81f8bc4223c14"},
		{"rand_rd", 10000, "7119152545b8c0dfba0e32ff5db9454acd710457a88184655f21699c9224c37b"},
		{"chase", 2000, "ea2ba5857c6ee68edf7e87f8ebbf374c42b05430045fdcd195eb695868671b64"},
		{"pingpong", 4000, "edf64a8ca8a18ede4f20159ee0b46deb2b3782784319416e3614305e21da7203"},
		{"pingpong_sat", 4000, "1d0802b5d5df1480aef77b2b97487e2707d872c60888bb94c84d7b4f96784049"},
		{"bank_il", 10000, "6ac9c54a86094a4ecb960c71d43ba08fe2e7941b950f770ee9c039c4b827ea4f"},
		{"wr_rand", 10000, "cfa574f05022eecfe17b57e9b1be1e748db6b990d51392324206a3a9fb9bf8e0"},
		{"bursty", 6400, "a00a60cb1eb6d1cfc586145ae110aca64efea8ab173ecc8b2fafc04550686566"},
		{"hotrow", 10000, "b3f55822e93a7b32f79d56f0f45f5c830139218b073b1f70b8934bd99f5989f9"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := lookup(t, test.name)
			require.Equal(t, test.requests, w.Requests)
			h := sha256.New()
			writeCSV(h, collect(t, w))
			require.Equal(t, test.sum, hex.EncodeToString(h.Sum(nil)))
		})
	}
}

// TestFormulasByHand has requests whose numbers can be checked in the head or, for those with a generator, are lines of the reference files.
func TestFormulasByHand(t *testing.T) {
	for _, test := range []struct {
		name string
		at   int
		want trace.Request
	}{
		{"copy", 3, trace.Request{Cycle: 30, Address: 0x10000040, Write: true}},
		{"pingpong", 131, trace.Request{Cycle: 13100, Address: 131072 + 64}}, // 131/2 mod 64 = 1
		{"bank_il", 1033, trace.Request{Cycle: 4132, Address: 8192 + 64 + 131072}},
		{"bursty", 0, trace.Request{Address: 0x2a61a000}},
		{"bursty", 6399, trace.Request{Cycle: 398124, Address: 0x6f3d7c0}},
		{"wr_rand", 0, trace.Request{Address: 0x1f6b00c0, Write: true}},
		{"hotrow", 9999, trace.Request{Cycle: 79992, Address: 0x45040}},
		{"chase", 1999, trace.Request{Address: 0x12b26700}},
	} {
		t.Run(fmt.Sprintf("%s %d", test.name, test.at), func(t *testing.T) {
			require.Equal(t, test.want, collect(t, lookup(t, test.name))[test.at])
		})
	}
}

func TestOnlyChaseLimitsWhatIsOutstanding(t *testing.T) {
	for _, w := range trace.Workloads() {
		want := 0
		if w.Name == "chase" {
			want = 1
		}
		require.Equal(t, want, w.MaxOutstanding, w.Name)
	}
}
