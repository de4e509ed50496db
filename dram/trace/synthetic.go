package trace

import (
	"errors"
	"fmt"
	"strings"
)

// Kind is one of the four synthetic address patterns.
type Kind uint8

// The kinds.
const (
	Stream Kind = iota // consecutive bursts from address 0
	Random             // bursts anywhere in the memory
	Cloud1             // blocks of the two others
	Cloud2             // such blocks in another order

	kinds // how many there are
)

// String is the name of the kind.
func (k Kind) String() string {
	if k >= kinds {
		return fmt.Sprintf("Kind(%d)", uint8(k))
	}
	return [...]string{"stream", "random", "cloud-1", "cloud-2"}[k]
}

// MarshalText is the name of the kind.
func (k Kind) MarshalText() ([]byte, error) {
	if k >= kinds {
		return nil, fmt.Errorf("trace: %v is no kind", k)
	}
	return []byte(k.String()), nil
}

// UnmarshalText takes the name of a kind.
func (k *Kind) UnmarshalText(text []byte) error {
	names := make([]string, kinds)
	for i := range kinds {
		if names[i] = i.String(); names[i] == string(text) {
			*k = i
			return nil
		}
	}
	return fmt.Errorf("trace: no kind %q: known are %s", text, strings.Join(names, ", "))
}

// Synthetic describes a trace of one of the four kinds; the zero value is 10,000 sequential reads, one a clock.
type Synthetic struct {
	Kind          Kind
	Requests      int     // 0 = 10,000; at most 2^40
	GapCycles     int64   // from one request to the next; 0 = 1; at most 2^20
	CapacityBytes uint64  // addresses lie below; a multiple of 64, at most 2^37; 0 = 1 GiB
	WriteFrac     float64 // expected share of writes, 0 to 1
	Seed          uint64  // another seed gives another trace of the same kind
}

// The start values of the three generators, to which the seed is added. Those of the blocks are the smallest ones with which 10,000 requests
// have as many blocks of each sort and as many sequential steps as ArchGym's files, and begin with the same sort.
const (
	startAddresses   = 6
	startOperations  = 7
	startCloud1Block = 110
	startCloud2Block = 127
)

// block is the number of requests that a cloud trace takes from one pattern at a time.
const block = 50

// Workload is the trace that s describes, or an error with each mistake in s.
func (s Synthetic) Workload() (Workload, error) {
	var faults []error
	bad := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("trace: synthetic: "+format, args...))
	}
	if s.Kind >= kinds {
		bad("kind %d out of range [0, %d]", s.Kind, kinds-1)
	}
	if s.Requests < 0 || int64(s.Requests) > 1<<40 {
		bad("requests %d out of range [0, 2^40], 0 = 10000", s.Requests)
	}
	if s.GapCycles < 0 || s.GapCycles > 1<<20 {
		bad("gap of %d cycles out of range [0, 2^20], 0 = 1", s.GapCycles)
	}
	if s.CapacityBytes%burst != 0 || s.CapacityBytes > 1<<37 {
		bad("capacity of %d bytes is not a multiple of %d in [0, 2^37], 0 = 2^30", s.CapacityBytes, burst)
	}
	if !(s.WriteFrac >= 0 && s.WriteFrac <= 1) {
		bad("share of writes %v out of range [0, 1]", s.WriteFrac)
	}
	if len(faults) > 0 {
		return Workload{}, errors.Join(faults...)
	}
	return s.workload(), nil
}

func (s Synthetic) workload() Workload {
	s = s.resolved()
	w := Workload{Name: s.Kind.String(), Requests: s.Requests, open: func(n int) Source { return s.open(n) }}
	w.Doc = fmt.Sprintf("%s, clocks apart: %d, bytes of memory: %d", [...]string{
		"sequential requests",
		"random requests",
		"blocks of 50 sequential or random requests",
		"blocks of 50 sequential or random requests in another order",
	}[s.Kind], s.GapCycles, s.CapacityBytes)
	if s.WriteFrac > 0 {
		w.Name += "-rw"
		w.Doc += fmt.Sprintf(", %.3g %% writes", 100*s.WriteFrac)
	}
	return w
}

// resolved replaces the zeros that stand for a default.
func (s Synthetic) resolved() Synthetic {
	if s.Requests == 0 {
		s.Requests = 10000
	}
	if s.GapCycles == 0 {
		s.GapCycles = 1
	}
	if s.CapacityBytes == 0 {
		s.CapacityBytes = 1 << 30
	}
	return s
}

func (s Synthetic) open(requests int) Source {
	m := &mix{
		left:       requests,
		gap:        s.GapCycles,
		bursts:     s.CapacityBytes / burst,
		writes:     uint64(s.WriteFrac * (1 << 31)),
		addresses:  lcg(s.Seed + startAddresses),
		operations: lcg(s.Seed + startOperations),
		sequential: s.Kind == Stream,
	}
	switch s.Kind {
	case Cloud1:
		m.drawn, m.blocks = true, lcg(s.Seed+startCloud1Block)
	case Cloud2:
		m.drawn, m.blocks = true, lcg(s.Seed+startCloud2Block)
	}
	return m
}

// mix streams a synthetic trace.
type mix struct {
	left    int
	gap     int64
	bursts  uint64 // of the memory
	writes  uint64 // a request is a write if its 31-bit number is below
	drawn   bool   // each block draws its pattern
	inBlock int    // requests left of the block

	addresses, operations, blocks lcg

	sequential bool // the pattern of the block
	cycle      int64
	stream     uint64 // next burst of the sequential pattern
}

func (m *mix) Next() (Request, bool) {
	if m.left == 0 {
		return Request{}, false
	}
	m.left--
	if m.drawn {
		if m.inBlock == 0 {
			m.inBlock = block
			m.sequential = m.blocks.next()>>63 == 0
		}
		m.inBlock--
	}
	r := Request{Cycle: m.cycle, Address: burst * m.burst()}
	m.cycle += m.gap
	if m.writes > 0 {
		r.Write = m.operations.next()>>33 < m.writes
	}
	return r, true
}

func (m *mix) burst() uint64 {
	if !m.sequential {
		return (m.addresses.next() >> 33) % m.bursts
	}
	b := m.stream
	if m.stream++; m.stream == m.bursts {
		m.stream = 0
	}
	return b
}

func (*mix) Err() error { return nil }
