package trace

import (
	"fmt"
	"strings"
)

// Workload is a named trace that can be streamed any number of times.
type Workload struct {
	Name     string
	Doc      string // what it exercises, in one line
	Requests int    // its length, at most 2^40; a shorter one is a prefix, and formulas go on for a longer one
	// MaxOutstanding bounds the requests that may wait for their data at a time; 0 means no bound.
	MaxOutstanding int

	open func(requests int) Source
}

// Open streams the first w.Requests requests from the beginning. The streams of a workload are independent of each other.
func (w Workload) Open() Source { return w.open(max(w.Requests, 0)) }

// FromRequests is a workload of given requests, which have to be in order of their clocks and are only read.
func FromRequests(name, doc string, requests []Request) Workload {
	return Workload{Name: name, Doc: doc, Requests: len(requests), open: func(n int) Source {
		return NewSlice(requests[:min(n, len(requests))])
	}}
}

// Workloads lists all generated traces: the eleven formulas of the reference, then the four synthetic kinds, each read-only and with a
// third of writes.
func Workloads() []Workload {
	chase := computed("chase", "random reads in 1 GiB, each after the data of the one before", 2000, randomRead, 2)
	chase.MaxOutstanding = 1
	list := []Workload{
		computed("stream_rd", "sequential reads, one every 10 clocks", 10000, streamRead, 0),
		computed("stream_sat", "sequential reads, one a clock", 10000, streamSaturated, 0),
		computed("copy", "sequential reads and writes in turn, 256 MiB apart", 10000, copying, 0),
		computed("rand_rd", "random reads in 1 GiB, one every 20 clocks", 10000, randomReadSpaced, 1),
		chase,
		computed("pingpong", "reads of two rows of one bank in turn, one every 100 clocks", 4000, pingPongSpaced, 0),
		computed("pingpong_sat", "reads of two rows of one bank in turn, one every 4 clocks", 4000, pingPongSaturated, 0),
		computed("bank_il", "reads that visit eight banks in turn, one every 4 clocks", 10000, bankInterleaved, 0),
		computed("wr_rand", "random writes (three quarters) and reads in 1 GiB, one every 20 clocks", 10000, randomWrite, 3),
		computed("bursty", "32 sequential reads, one every 4 clocks, then a pause, at random pages", 6400, bursty, 4),
		computed("hotrow", "reads and a quarter of writes to four rows of each of 16 banks, one every 8 clocks", 10000, hotRow, 5),
	}
	for _, share := range []float64{0, 1.0 / 3} {
		for k := range kinds {
			list = append(list, Synthetic{Kind: k, WriteFrac: share}.workload())
		}
	}
	return list
}

func computed(name, doc string, requests int, at func(uint64, *lcg) Request, start lcg) Workload {
	return Workload{Name: name, Doc: doc, Requests: requests, open: func(n int) Source {
		return &formula{at: at, x: start, count: uint64(n)}
	}}
}

// Lookup is the generated trace of a name.
func Lookup(name string) (Workload, error) {
	list := Workloads()
	names := make([]string, len(list))
	for i, w := range list {
		if w.Name == name {
			return w, nil
		}
		names[i] = w.Name
	}
	return Workload{}, fmt.Errorf("trace: no workload %q: known are %s", name, strings.Join(names, ", "))
}
