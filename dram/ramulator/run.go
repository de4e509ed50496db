package ramulator

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

// Run serves the requests of the job.
func Run(c Config, j memory.Job) (memory.Stats, error) {
	return run(c, j, false)
}

// run is Run, jumping over the clocks in which nothing can happen or through every clock.
func run(c Config, j memory.Job, everyClock bool) (memory.Stats, error) {
	if err := c.Check(); err != nil {
		return memory.Stats{}, fmt.Errorf("ramulator: %w", err)
	}
	if interval := j.Device.Timing.TREFI; c.Refresh == AllBank && interval < 1 {
		return memory.Stats{}, fmt.Errorf("ramulator: Refresh = %s: device %q has tREFI = %d: want at least 1", c.Refresh, j.Device.Name, interval)
	}
	rules := j.Rules()
	if c.Defects {
		rules = peerRules(j.Device)
	}
	recorder := &memory.Recorder{}
	channels := j.NewChannels(rules, unused(c)...)
	s := &source{feed: j.NewFeed(), limit: j.MaxOutstanding, watchdog: memory.WatchdogClocks(j.Device), everyClock: everyClock}
	for _, channel := range channels {
		s.controllers = append(s.controllers, newController(c, &j, rules, channel, recorder))
	}
	if err := s.play(); err != nil {
		return memory.Stats{}, fmt.Errorf("ramulator: %w", err)
	}
	stats := recorder.Finish(s.end()+1, channels)
	if c.Defects {
		stats.RowHits, stats.RowMisses, stats.RowConflicts = s.rows()
	}
	return stats, nil
}

// unused are the commands that the controller never issues.
func unused(c Config) []device.Command {
	list := []device.Command{device.REFPB, device.PDEA, device.PDXA, device.PDEP, device.PDXP, device.SREFEN, device.SREFEX}
	if c.Refresh == NoRefresh {
		list = append(list, device.REF, device.PREA)
	}
	if c.RowPolicy == Open {
		list = append(list, device.RDA, device.WRA)
	}
	return list
}
