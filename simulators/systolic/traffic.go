package systolic

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/offchip"
)

// Names of the traffic setting.
const (
	trafficWindows = "windows"
	trafficBound   = "bound"
)

// check reports layers that are too large for the way in which the traffic is counted.
func (sc *scenario) check() error {
	var errs []error
	for _, p := range sc.problems {
		if _, err := systolic.Shares(systolic.Array{Rows: minSide, Cols: minSide}, p, sc.cores); err != nil {
			return err // whatever the traffic
		}
		switch {
		case sc.port.Ifmap > 0:
			errs = append(errs, p.CheckUser())
		case !sc.bound:
			errs = append(errs, p.CheckWindows())
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("%w\nset traffic = %q for networks of this size", err, trafficBound)
	}
	return nil
}

// stats runs the network of a scenario on a design.
func (sc *scenario) stats(c systolic.Config) (total systolic.Stats, err error) {
	scratch := sc.ifmaps.borrow()
	defer sc.ifmaps.giveBack(scratch)
	if sc.cores > 1 {
		return sc.onCores(c, scratch)
	}
	var ifmaps []int64
	if !sc.bound && !sc.sparse && sc.port.Ifmap == 0 {
		ifmaps = sc.ifmaps.elements(c, sc.problems, scratch)
	}
	total = sc.work.Sum(func(i int, p systolic.Problem) (s systolic.Stats) {
		var elements int64
		if ifmaps != nil {
			elements = ifmaps[i]
		}
		if err == nil {
			s, err = sc.run(c, p, elements, scratch)
		}
		return s
	})
	return total, err
}

// layer runs one layer on a design.
func (sc *scenario) layer(c systolic.Config, p systolic.Problem, s *systolic.Scratch) (systolic.Stats, error) {
	if sc.cores > 1 {
		shares, err := systolic.Shares(c.Array, p, sc.cores)
		if err != nil {
			return systolic.Stats{}, err
		}
		return sc.share(c, shares, sc.shareIfmaps(c, shares, s), s), nil
	}
	var elements int64
	if !sc.bound && !sc.sparse && sc.port.Ifmap == 0 {
		elements = systolic.IfmapWindows(c, p, s)
	}
	return sc.run(c, p, elements, s)
}

// run runs one problem, given the ifmap elements that it reads through windows.
func (sc *scenario) run(c systolic.Config, p systolic.Problem, ifmapElements int64, s *systolic.Scratch) (systolic.Stats, error) {
	if sc.port.Ifmap > 0 {
		return systolic.SimulateUser(c, p, sc.port, s), nil
	}
	if sc.sparse {
		return systolic.SimulateSparse(c, p, s)
	}
	var traffic systolic.Traffic
	if sc.bound {
		traffic = systolic.LowerBoundTraffic(c, p)
	} else {
		traffic = systolic.WindowTraffic(c, p, ifmapElements, s)
	}
	if sc.channel == nil {
		return systolic.Simulate(c, p, traffic), nil
	}
	served, err := offchip.Serve(c, p, traffic, *sc.channel)
	return served.Stats, err
}
