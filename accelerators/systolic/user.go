package systolic

import (
	"errors"
	"fmt"
)

// MaxPortWords bounds the words a cycle of a port in USER.
const MaxPortWords = 1 << 16

// PortWords are the words that move between DRAM and each SRAM in a cycle, 1 to MaxPortWords.
type PortWords struct{ Ifmap, Filter, Ofmap int64 }

// Check reports everything that is out of range.
func (w PortWords) Check() error {
	var errs []error
	for _, port := range []struct {
		name  string
		words int64
	}{{"Ifmap", w.Ifmap}, {"Filter", w.Filter}, {"Ofmap", w.Ofmap}} {
		if port.words < 1 || port.words > MaxPortWords {
			errs = append(errs, fmt.Errorf("systolic: PortWords %s %d out of range [1, %d] words a cycle", port.name, port.words, MaxPortWords))
		}
	}
	return errors.Join(errs...)
}

// User runs one product with a DRAM of a given bandwidth, SCALE-Sim's interface mode USER: each read SRAM prefetches its operand in one fixed
// order, over and over, and the array waits until what it needs has come round; the outputs wait for the drain. The stalls are those of the
// profile: with ScaleSim a wait counts twice, with the others once. All arguments must have passed their Check, and the problem must be a product.
func User(c Config, p Problem, w PortWords, s *Scratch) Run {
	u := newUserRun(c, p, w, s)
	u.run()
	s.partial = u.drainer.partial
	p.Count = 1
	return Run{
		Compute: ComputeLayer(c.Array, p), StallCycles: u.stalls,
		Ifmap: u.ports[0].port(), Filter: u.ports[1].port(),
		Ofmap: Port{u.drainer.written, u.drainer.first, u.drainer.last},
		SRAM:  u.spans,
	}
}

func newUserRun(c Config, p Problem, w PortWords, s *Scratch) userRun {
	p.Count = 1
	f := c.fold(p)
	u := userRun{outputs: outputs{f, c.Array}, spans: [3]Span{{StopCycle: -1}, {StopCycle: -1}, {StopCycle: -1}}, drainer: newDrainer(sramElements(c.OfmapSRAMKiB), w.Ofmap, p.Profile, s)}
	ifmap, filter := c.readings(f)
	u.ports[0] = ifmap.prefetcher(sramElements(c.IfmapSRAMKiB), w.Ifmap, &s.user[0])
	u.ports[1] = filter.prefetcher(sramElements(c.FilterSRAMKiB), w.Filter, &s.user[1])
	ifmapLayout, filterLayout := ifmapLayout(c.Dataflow, p), filterLayout(c.Dataflow, p)
	u.ports[0].lay(&ifmapLayout)
	u.ports[1].lay(&filterLayout)
	for i := range u.ports {
		u.ports[i].twice = p.Profile == ScaleSim
	}
	return u
}

// userRun is a product cycle by cycle.
type userRun struct {
	outputs
	ports   [2]prefetcher // ifmap, filter
	drainer drainer
	stalls  int64
	spans   [3]Span

	arriving func(at foldCycle)                                         // sees every cycle before its outputs go to the drainer; nil = nobody looks
	watch    func(at foldCycle, now int64, served [2]int64, wait int64) // sees every cycle when it is done; nil = nobody looks
}

func (u *userRun) run() {
	for colFold := range u.colFolds {
		for rowFold := range u.rowFolds {
			u.fold(colFold, rowFold)
		}
	}
	u.drainer.finish(u.at(u.colFolds, 0) - 1 + u.stalls)
}

// fold runs one fold.
func (u *userRun) fold(colFold, rowFold int64) {
	start, leaving := u.at(colFold, rowFold), u.stream(colFold, rowFold)
	requests := [2]requests{u.ports[0].requests(colFold, rowFold), u.ports[1].requests(colFold, rowFold)}
	for t := range u.foldCycles {
		now := start + t + u.stalls
		if u.arriving != nil {
			u.arriving(foldCycle{colFold, rowFold, t})
		}
		var wait int64
		if from, to := leaving.present(t); from < to {
			wait = u.drainer.accept(to-from, now)
			u.spans[2].extend(now + wait)
		}
		stall, served := wait, [2]int64{hitCycles, hitCycles}
		for i := range u.ports {
			port, r := &u.ports[i], &requests[i]
			if t < r.first || t > r.last {
				continue
			}
			if !port.resident {
				served[i] = port.serve(r, t, now)
				stall = max(stall, served[i]-hitCycles)
			}
			u.spans[i].extend(now + served[i])
		}
		if u.watch != nil {
			u.watch(foldCycle{colFold, rowFold, t}, now, served, wait)
		}
		u.stalls += stall
	}
}

// accept takes the n outputs of a cycle and returns how long the array waits for it.
func (d *drainer) accept(n, now int64) (wait int64) {
	for n > 0 {
		if now < d.end {
			take := min(n, max(1, d.capacity-d.held))
			d.append(take)
			n -= take
			if d.held >= d.capacity {
				wait += d.end - now
				now = d.end
			}
			continue
		}
		take := min(n, max(1, d.buffer-d.held+1))
		d.append(take)
		n -= take
		if d.held > d.buffer {
			d.closeLine()
			d.drain(now)
		}
	}
	return wait
}
