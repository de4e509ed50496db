package offchip

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

func TestStreamsTakeTurns(t *testing.T) {
	s := &source{burstBytes: 64, transferBursts: 2, streams: []stream{
		{start: 0, bursts: 2, total: 6},                         // read three times
		{start: 10, bursts: 2, write: true, total: 2},           // written once
		{start: 20, bursts: 3, write: true, turns: 2, total: 6}, // two out and in, then one
	}}
	requests, err := trace.Collect(s)
	require.NoError(t, err)
	var got []int64
	for _, r := range requests {
		burst := int64(r.Address / 64)
		if r.Write {
			burst = -burst
		}
		got = append(got, burst)
	}
	// Two bursts a transfer, the stream that has moved the smallest share next; writes are negative.
	require.Equal(t, []int64{0, 1, -10, -11, -20, -21, 0, 1, 20, 21, 0, 1, -22, 22}, got)
}
