package systolic

import "fmt"

// What the memory models can hold and walk through in reasonable space and time.
const (
	MaxWindowElements = 1 << 30 // of an ifmap whose windows overlap: its bit map takes a fifth of a GiB
	MaxWindowReads    = 1 << 34 // of a pass over such an ifmap: some seconds
	MaxUserElements   = 1 << 28 // of an operand as USER prefetches it, copies included
)

// CheckWindows reports a problem that is too large for WindowTraffic, IfmapWindows and Calc. LowerBoundTraffic has no such limit.
func (p Problem) CheckWindows() error {
	if p.Count == 0 || p.IfmapElements == p.M*p.K {
		return nil
	}
	if err := p.checkSpace(); err != nil {
		return err
	}
	if p.M*p.K > MaxWindowReads {
		return fmt.Errorf("systolic: %d reads of an ifmap with overlapping windows are too many to walk: the limit is %d", p.M*p.K, MaxWindowReads)
	}
	return nil
}

// CheckUser reports a problem that is too large for User.
func (p Problem) CheckUser() error {
	if p.Count == 0 {
		return nil
	}
	if err := p.checkSpace(); err != nil {
		return err
	}
	if p.M*p.K <= MaxUserElements && p.K*p.N <= MaxUserElements {
		return nil
	}
	return fmt.Errorf("systolic: operands of %d and %d elements are too large for the prefetch order of USER: the limit is %d", p.M*p.K, p.K*p.N, MaxUserElements)
}

// checkSpace reports an ifmap whose elements cannot be marked one by one.
func (p Problem) checkSpace() error {
	if n := p.Ifmap.elements(p.M, p.K); n > MaxWindowElements {
		return fmt.Errorf("systolic: an ifmap of %d elements is too large to walk: the limit is %d", n, MaxWindowElements)
	}
	return nil
}
