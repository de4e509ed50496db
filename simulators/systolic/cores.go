package systolic

import "github.com/codesign-gym/codesign/accelerators/systolic"

// onCores runs the network of a scenario on several cores.
func (sc *scenario) onCores(c systolic.Config, scratch *systolic.Scratch) (total systolic.Stats, err error) {
	shares := make([][]systolic.Share, len(sc.problems))
	for i, p := range sc.problems {
		if shares[i], err = systolic.Shares(c.Array, p, sc.cores); err != nil {
			return systolic.Stats{}, err
		}
	}
	ifmaps := make([][]int64, len(sc.problems))
	if !sc.bound {
		ifmaps = sc.ifmaps.remember(ifmapKey{c.Array, c.IfmapSRAMKiB}, len(sc.problems), func(i int) []int64 { return sc.shareIfmaps(c, shares[i], scratch) })
	}
	return sc.work.Sum(func(i int, _ systolic.Problem) systolic.Stats { return sc.share(c, shares[i], ifmaps[i], scratch) }), nil
}

// shareIfmaps is what a core of each share reads of its ifmap through windows; nil where the traffic is the bound.
func (sc *scenario) shareIfmaps(c systolic.Config, shares []systolic.Share, s *systolic.Scratch) []int64 {
	if sc.bound {
		return nil
	}
	elements := make([]int64, len(shares))
	for i, share := range shares {
		elements[i] = systolic.IfmapWindows(c, share.Problem, s)
	}
	return elements
}

// share runs one layer on several cores.
func (sc *scenario) share(c systolic.Config, shares []systolic.Share, ifmaps []int64, s *systolic.Scratch) systolic.Stats {
	return systolic.SimulateCores(c, shares, func(i int, p systolic.Problem) systolic.Traffic {
		if sc.bound {
			return systolic.LowerBoundTraffic(c, p)
		}
		return systolic.WindowTraffic(c, p, ifmaps[i], s)
	})
}
