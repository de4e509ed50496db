package trace_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

func TestEveryWorkload(t *testing.T) {
	var names []string
	for _, w := range trace.Workloads() {
		names = append(names, w.Name)
		t.Run(w.Name, func(t *testing.T) {
			require.NotEmpty(t, w.Doc)
			list := collect(t, w)
			require.Len(t, list, w.Requests)
			require.Zero(t, list[0].Cycle)
			last := int64(0)
			for i, r := range list {
				require.GreaterOrEqual(t, r.Cycle, last, "request %d", i)
				require.Zero(t, r.Address%64, "request %d", i)
				require.Less(t, r.Address, uint64(1)<<30, "request %d", i)
				last = r.Cycle
			}
			require.Equal(t, list, collect(t, w), "a second stream starts anew")
			w.Requests = 77
			require.Equal(t, list[:77], collect(t, w), "a shorter one is a prefix")
			w.Requests = len(list) + 1
			require.Equal(t, list, collect(t, w)[:len(list)], "a longer one goes on")
			w.Requests = -1
			require.Empty(t, collect(t, w))
		})
	}
	require.Equal(t, []string{
		"stream_rd", "stream_sat", "copy", "rand_rd", "chase", "pingpong", "pingpong_sat", "bank_il", "wr_rand", "bursty", "hotrow",
		"stream", "random", "cloud-1", "cloud-2", "stream-rw", "random-rw", "cloud-1-rw", "cloud-2-rw",
	}, names)
}

func TestStreamsAreIndependent(t *testing.T) {
	w := lookup(t, "cloud-1-rw")
	want := collect(t, w)
	a, b := w.Open(), w.Open()
	for _, r := range want {
		x, _ := a.Next()
		y, _ := b.Next()
		require.Equal(t, []trace.Request{r, r}, []trace.Request{x, y})
	}
}

func TestLookupNamesWhatItKnows(t *testing.T) {
	_, err := trace.Lookup("steam")
	require.EqualError(t, err, `trace: no workload "steam": known are stream_rd, stream_sat, copy, rand_rd, chase, pingpong, pingpong_sat, bank_il, `+
		`wr_rand, bursty, hotrow, stream, random, cloud-1, cloud-2, stream-rw, random-rw, cloud-1-rw, cloud-2-rw`)
}

func TestFromRequests(t *testing.T) {
	list := []trace.Request{{Cycle: 1}, {Cycle: 2, Address: 64, Write: true}, {Cycle: 2}}
	w := trace.FromRequests("mine", "three", list)
	require.Equal(t, 3, w.Requests)
	require.Equal(t, list, collect(t, w))
	require.Equal(t, list, collect(t, w))
	w.Requests = 2
	require.Equal(t, list[:2], collect(t, w))
	w.Requests = 9
	require.Equal(t, list, collect(t, w))
}

// failing gives two requests, then fails.
type failing struct{ given int }

func (f *failing) Next() (trace.Request, bool) {
	if f.given == 2 {
		return trace.Request{}, false
	}
	f.given++
	return trace.Request{Cycle: int64(f.given)}, true
}

func (f *failing) Err() error {
	if f.given == 2 {
		return errors.New("broken")
	}
	return nil
}

func TestPrefix(t *testing.T) {
	for _, test := range []struct {
		name string
		n    int
		want []int64
	}{
		{"negative", -3, nil}, {"none", 0, nil}, {"some", 2, []int64{0, 10}}, {"all", 4, []int64{0, 10, 20, 30}}, {"more than all", 5, []int64{0, 10, 20, 30}},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := lookup(t, "stream_rd")
			w.Requests = 4
			list, err := trace.Collect(trace.Prefix(w.Open(), test.n))
			require.NoError(t, err)
			var clocks []int64
			for _, r := range list {
				clocks = append(clocks, r.Cycle)
			}
			require.Equal(t, test.want, clocks)
		})
	}
	t.Run("a failure after the prefix is none", func(t *testing.T) {
		list, err := trace.Collect(trace.Prefix(&failing{}, 1))
		require.NoError(t, err)
		require.Len(t, list, 1)
	})
	t.Run("a failure in the prefix is one", func(t *testing.T) {
		list, err := trace.Collect(trace.Prefix(&failing{}, 3))
		require.EqualError(t, err, "broken")
		require.Nil(t, list)
	})
}
