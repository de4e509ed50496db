package systolic

// repeats lists the reads of one pass that read an element again soon after it was read before. From the list, the swaps of all passes follow without a
// look at the other reads: in a window that starts after read p every read is a miss, but for those in the list whose earlier read came after p.
type repeats struct {
	list  []repeat
	last  []int32 // by address: the read, from 1, that was the last one
	reads int32   // so far in the pass
	reach int32   // reads that lie further apart are left out
}

// repeat is a read, and how many reads ago its element was read before.
type repeat struct{ read, ago int32 }

// maxRepeats bounds the reads of a pass that are listed, and thus the memory.
const maxRepeats = 1 << 23

// record lists the reads of a pass that follows another one.
func (o *overlap) record(r *repeats, reach int64) {
	r.reach = int32(min(reach, 2*maxRepeats))
	r.last = grow(r.last, int64(o.height)*int64(o.width))
	for i := range r.last {
		r.last[i] = -4 * maxRepeats
	}
	o.recording, o.colFold, r.reads = r, 0, 0
	for range 2 {
		for i := range r.last {
			r.last[i] -= r.reads // what was read in the pass before is that long ago
		}
		r.list, r.reads = r.list[:0], 0
		for rowFold := range o.rowFolds {
			for t, end := o.span(rowFold); t < end; t++ {
				o.lanes(rowFold, t)
			}
		}
	}
	o.recording = nil
}

// note takes down one read.
func (r *repeats) note(address uint64) {
	r.reads++
	if ago := r.reads - r.last[address]; ago < r.reach {
		r.list = append(r.list, repeat{r.reads, ago})
	}
	r.last[address] = r.reads
}

// follow finds the swaps of all passes, the read of the last one, and what is held at the end. It gives up, with false, when a window lasts
// longer than the list reaches.
func (o *overlap) follow(r *repeats) (swaps, lastRead, held int64, complete bool) {
	reads, reach := int64(r.reads), int64(r.reach)
	total := reads * o.colFolds
	var start, at, next, pass, ended int64 // the window starts after read start; reads up to at are counted; next is the place in the list; passes ended
	for {
		again := total + 1
		if len(r.list) > 0 {
			again = pass*reads + int64(r.list[next].read)
		}
		full := at + o.limit - held // if no read until then is a repeated one
		if min(full, again, total) > start+reach {
			return 0, 0, 0, false
		}
		for end := reads * (ended + 1); end < min(full, again) && end <= total; end += reads {
			o.endPass(swaps*o.period() + held + end - at)
			ended++
		}
		switch {
		case full > total && again > total:
			return swaps, lastRead, held + total - at, true
		case full < again:
			at, held = full, o.limit
		default:
			held += again - at
			if again-int64(r.list[next].ago) > start {
				held-- // it is in the window
			}
			at = again
			if next++; next == int64(len(r.list)) {
				next, pass = 0, pass+1
			}
		}
		if held == o.limit {
			swaps, lastRead, held, start = swaps+1, at, o.keep, at-o.keep
		}
		if at == reads*(ended+1) {
			o.endPass(swaps*o.period() + held)
			ended++
		}
	}
}
