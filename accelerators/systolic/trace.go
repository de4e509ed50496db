package systolic

import "iter"

// Stream is one of the six address traces of a product.
type Stream uint8

// The streams, with the names that text uses.
const (
	IfmapSRAM  Stream = iota // "ifmap_sram": what the array reads; the cycle is the one of delivery, one or more after the request
	FilterSRAM               // "filter_sram"
	OfmapSRAM                // "ofmap_sram": what the array writes
	IfmapDRAM                // "ifmap_dram": what is read to fill the SRAM
	FilterDRAM               // "filter_dram"
	OfmapDRAM                // "ofmap_dram": what is drained
)

func streamNames() []string {
	return []string{"ifmap_sram", "filter_sram", "ofmap_sram", "ifmap_dram", "filter_dram", "ofmap_dram"}
}

// String returns the name.
func (s Stream) String() string { return name("Stream", streamNames(), int(s)) }

// MarshalText returns the name; a value that is no stream is an error.
func (s Stream) MarshalText() ([]byte, error) { return marshal("stream", streamNames(), int(s)) }

// UnmarshalText accepts a name.
func (s *Stream) UnmarshalText(text []byte) error {
	i, err := unmarshal("stream", streamNames(), text)
	if err == nil {
		*s = Stream(i)
	}
	return err
}

// Offsets are the addresses at which the operands start. SCALE-Sim's defaults are 0, 10,000,000 and 20,000,000.
type Offsets struct{ Ifmap, Filter, Ofmap int64 }

// DefaultOffsets are SCALE-Sim's.
func DefaultOffsets() Offsets { return Offsets{0, 10_000_000, 20_000_000} }

// TraceLine is what one stream moves in one cycle: an address for each lane or word, −1 where there is none.
type TraceLine struct {
	Stream    Stream
	Cycle     int64
	Window    int     // TraceCalc, DRAM reads: number of the window, from 1; its addresses are a set
	Addresses []int64 // valid until the next line
}

// TraceCalc is every access of Calc. Lines of one stream come in the order of SCALE-Sim's file, streams are interleaved. A window of DRAM reads lists its
// addresses in the order of their first use; SCALE-Sim shuffles them, and widens narrow lines. It takes time in proportion to the accesses, and a
// set of the elements in memory.
func TraceCalc(c Config, p Problem, o Offsets) iter.Seq[TraceLine] {
	return func(yield func(TraceLine) bool) {
		t := newTracer(c, p, o, yield)
		var s Scratch
		t.windows[0] = newWindowTrace(t, IfmapDRAM, t.ifmap, c.IfmapSRAMKiB)
		t.windows[1] = newWindowTrace(t, FilterDRAM, t.filter, c.FilterSRAMKiB)
		d := newDrainer(sramElements(c.OfmapSRAMKiB), int64(c.Cols), p.Profile, &s)
		d.sink = func(cycle, elements int64) { t.drained(cycle, elements, d.line) }
		for colFold := range t.colFolds {
			for rowFold := range t.rowFolds {
				for cycle := range t.foldCycles {
					if t.stopped {
						return
					}
					now := t.at(colFold, rowFold) + cycle
					t.reads(foldCycle{colFold, rowFold, cycle}, [2]int64{now + hitCycles, now + hitCycles}, func(port int, address int64) {
						t.windows[port].use(now, address)
					})
					t.arrive(foldCycle{colFold, rowFold, cycle})
					t.emit(OfmapSRAM, now, t.outputLine)
					d.accept(t.arrived, now)
				}
			}
		}
		d.finish(t.at(t.colFolds, 0) - 1)
		t.windows[0].flush()
		t.windows[1].flush()
	}
}

// TraceUser is every access of User.
func TraceUser(c Config, p Problem, w PortWords, o Offsets) iter.Seq[TraceLine] {
	return func(yield func(TraceLine) bool) {
		t := newTracer(c, p, o, yield)
		var s Scratch
		u := newUserRun(c, p, w, &s)
		for i, stream := range []Stream{IfmapDRAM, FilterDRAM} {
			lines := t.prefetch(stream, &u.ports[i], t.layouts[i])
			u.ports[i].moving = lines.move
		}
		u.drainer.sink = func(cycle, elements int64) { t.drained(cycle, elements, w.Ofmap) }
		u.arriving = t.arrive
		u.watch = func(at foldCycle, now int64, served [2]int64, wait int64) {
			t.reads(at, [2]int64{now + served[0], now + served[1]}, func(int, int64) {})
			t.emit(OfmapSRAM, now+wait, t.outputLine)
		}
		u.run()
	}
}

// tracer writes lines for a product.
type tracer struct {
	outputs
	ifmap, filter reading
	layouts       [2]layout // ifmap, filter
	offsets       Offsets
	columns       int64 // N
	windows       [2]*windowTrace
	pending       []int64 // outputs that wait for the drain
	line          []int64
	outputLine    []int64 // of a cycle
	arrived       int64   // outputs in it
	window        int     // that is being written
	yield         func(TraceLine) bool
	stopped       bool
}

func newTracer(c Config, p Problem, o Offsets, yield func(TraceLine) bool) *tracer {
	t := &tracer{
		outputs: outputs{c.fold(p), c.Array}, offsets: o, columns: p.N, yield: yield,
		layouts: [2]layout{ifmapLayout(c.Dataflow, p), filterLayout(c.Dataflow, p)},
	}
	t.ifmap, t.filter = c.readings(t.folding)
	return t
}

// emit writes one line.
func (t *tracer) emit(s Stream, cycle int64, addresses []int64) {
	if !t.stopped {
		t.stopped = !t.yield(TraceLine{Stream: s, Cycle: cycle, Window: t.window, Addresses: addresses})
	}
}

func (t *tracer) offset(port int) int64 {
	return [...]int64{t.offsets.Ifmap, t.offsets.Filter}[port]
}

// reads writes what the two read ports deliver for the requests of a cycle, and shows each element to use.
func (t *tracer) reads(at foldCycle, delivered [2]int64, use func(port int, address int64)) {
	for port, r := range []reading{t.ifmap, t.filter} {
		tile, step, from, to := r.request(at)
		t.line = blank(t.line, r.lanes())
		for lane := from; lane < to; lane++ {
			inTime := step
			if r.traversal != resting {
				inTime -= lane
			}
			if address := t.layouts[port].address(tile*r.lanes()+lane, inTime); address != null {
				t.line[lane] = address + t.offset(port)
				use(port, address)
			}
		}
		t.emit(IfmapSRAM+Stream(port), delivered[port], t.line)
	}
}

// arrive takes the outputs of a cycle into the line of the SRAM, and to what waits for the drain.
func (t *tracer) arrive(at foldCycle) {
	s := t.stream(at.colFold, at.rowFold)
	from, to := s.present(at.t)
	rows, cols := int64(t.array.Rows), int64(t.array.Cols)
	t.outputLine = blank(t.outputLine, cols)
	t.arrived = max(0, to-from)
	for lane := from; lane < to; lane++ {
		step, column := at.t-s.start-lane, at.colFold*cols+lane
		var address int64
		switch t.array.Dataflow {
		case OutputStationary: // the last row leaves first
			address = (at.rowFold*rows+s.length-1-step)*t.columns + column
		case WeightStationary:
			address = step*t.columns + column
		case InputStationary:
			address = column*t.columns + step
		}
		t.outputLine[lane] = address + t.offsets.Ofmap
		t.pending = append(t.pending, t.outputLine[lane])
	}
}

// drained writes a line of the drain, the oldest outputs.
func (t *tracer) drained(cycle, elements, width int64) {
	t.line = blank(t.line, width)
	t.pending = t.pending[copy(t.line, t.pending[:elements]):]
	t.emit(OfmapDRAM, cycle, t.line)
}

// blank makes a line of n lanes without an address.
func blank(line []int64, n int64) []int64 {
	if int64(cap(line)) < n {
		line = make([]int64, n)
	}
	line = line[:n]
	for i := range line {
		line[i] = null
	}
	return line
}
