package jedec

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/dram/device"
)

// Options say what is checked. The zero value checks one channel of one rank, without the refresh rate.
type Options struct {
	Channels int    // 0 = 1
	Ranks    int    // of a channel; 0 = 1
	Accept   []Rule // rules whose violations are not reported

	// OneClockCommands checks an LPDDR device by the delays that DRAMsim3 uses: those of DDR, every command in one clock.
	OneClockCommands bool
	// Refresh checks that refreshes come at the rate of the standard; leave it out where the controller has no refresh policy.
	Refresh bool
	// RefreshSlackCycles is how late a refresh may be after its last moment, for controllers that only then begin to close the rows.
	RefreshSlackCycles int64
}

// Checker replays the commands of channels that share a device. It is not safe for use by several goroutines.
type Checker struct {
	device   device.Device
	options  Options
	delays   delays
	channels []channel
	accept   map[Rule]bool
	found    []Violation
}

// What a checker keeps is bounded.
const (
	maxChannels = 256
	maxRanks    = 64
	maxBanks    = 256 // in groups, and in a group
)

// New is a checker before the first command. All banks are closed and no delay is pending.
func New(d *device.Device, o Options) (*Checker, error) {
	o.Channels, o.Ranks = cmp.Or(o.Channels, 1), cmp.Or(o.Ranks, 1)
	if err := check(d, o); err != nil {
		return nil, err
	}
	c := &Checker{device: *d, options: o, delays: derive(d, o.OneClockCommands), accept: map[Rule]bool{}}
	for _, rule := range o.Accept {
		c.accept[rule] = true
	}
	for range o.Channels {
		c.channels = append(c.channels, newChannel(d, &c.delays, o.Ranks))
	}
	return c, nil
}

// check lists all that bars a replay.
func check(d *device.Device, o Options) error {
	if d == nil {
		return errors.New("jedec: no device")
	}
	var errs []error
	within := func(name string, value, least, most int) {
		if value < least || value > most {
			errs = append(errs, fmt.Errorf("jedec: %s %d out of range [%d, %d]", name, value, least, most))
		}
	}
	within("channels", o.Channels, 1, maxChannels)
	within("ranks", o.Ranks, 1, maxRanks)
	within("bank groups", d.BankGroups, 1, maxBanks)
	within("banks per group", d.BanksPerGroup, 1, maxBanks)
	within("data rate", d.DataRate, 1, 64)
	within("burst length", d.BurstLength, 1, 256)
	within("standard", int(d.Standard), int(device.DDR3), int(device.GDDR6))
	if o.RefreshSlackCycles < 0 {
		errs = append(errs, fmt.Errorf("jedec: refresh slack of %d cycles: want at least 0", o.RefreshSlackCycles))
	}
	if o.Refresh && d.Timing.TREFI < 1 {
		errs = append(errs, fmt.Errorf("jedec: tREFI %d: want at least 1 to check the refresh rate", d.Timing.TREFI))
	}
	if o.OneClockCommands && d.Standard != device.LPDDR4 && d.Standard != device.LPDDR5 {
		errs = append(errs, errors.New("jedec: one-clock commands are an option of LPDDR devices"))
	}
	for _, rule := range o.Accept {
		if !rule.known() {
			errs = append(errs, fmt.Errorf("jedec: no rule %q to accept: want some of %q", rule, Rules()))
		}
	}
	return errors.Join(errs...)
}

// Check replays the next command and lists the rules that it breaks. Commands come in the order of their clocks within a channel. A command
// that breaks a rule still takes place where that has a meaning, so that one fault is not reported again with every later command.
func (c *Checker) Check(issued device.Issued) []Violation {
	c.found = nil
	if rule := c.misplaced(&issued); rule != "" {
		c.report(rule, nil, &issued, -1)
		return c.found
	}
	ch := &c.channels[issued.Channel]
	if issued.Cycle < ch.clock {
		c.report(Order, nil, &issued, ch.clock)
		return c.found
	}
	ch.clock = issued.Cycle
	now := record{Issued: issued, edge: issued.Cycle + c.delays.length[issued.Command] - 1}
	c.commandBus(ch, &now)
	r := &ch.ranks[issued.Rank]
	if issued.Command.OfBank() {
		c.ofBank(ch, r, &now)
	} else {
		c.ofRank(r, &now)
	}
	return c.found
}

// misplaced is the rule that a command outside the device breaks; empty if it is inside.
func (c *Checker) misplaced(i *device.Issued) Rule {
	outside := func(value, count int) bool { return value < 0 || value >= count }
	switch {
	case int(i.Command) >= device.Commands || c.delays.length[i.Command] == 0:
		return NoCommand
	case i.Cycle < 0 || outside(i.Channel, len(c.channels)) || outside(i.Rank, c.options.Ranks):
		return NoPlace
	case i.Command.OfBank() && outside(i.Bank, len(c.channels[0].ranks[0].banks)):
		return NoPlace
	case (i.Command == device.ACT || i.Command.IsColumn()) && outside(i.Row, c.device.Rows):
		return NoPlace
	case i.Command.IsColumn() && outside(i.Column, c.device.BurstsPerRow()):
		return NoPlace
	}
	return ""
}

// ofBank checks and remembers a bank command.
func (c *Checker) ofBank(ch *channel, r *rank, now *record) {
	b := &r.banks[now.Bank]
	group := now.Bank / c.device.BanksPerGroup
	g := &r.groups[group]
	c.awake(r, now)
	switch now.Command {
	case device.ACT:
		c.activate(r, g, b, group, now)
	case device.PRE:
		c.precharge(r, b, now)
	case device.REFPB:
		c.refreshBank(r, g, b, group, now)
	default:
		c.column(ch, r, g, b, group, now)
	}
	at := &b.last[now.Command]
	*at = *now
	g.remember(at, group)
	r.remember(at, group)
}

// ofRank checks and remembers a rank command.
func (c *Checker) ofRank(r *rank, now *record) {
	switch now.Command {
	case device.PREA:
		c.awake(r, now)
		c.prechargeAll(r, now)
	case device.REF:
		c.awake(r, now)
		c.refreshAll(r, now)
	case device.PDEA, device.PDEP, device.SREFEN:
		c.awake(r, now)
		c.enter(r, now)
	default:
		c.exit(r, now)
	}
	r.last[now.Command] = *now
	if now.Command == device.PDEA || now.Command == device.PDEP || now.Command == device.SREFEN {
		r.entry = &r.last[now.Command]
	}
}

// Finish ends the trace: it lists the ranks that lack a refresh by that clock. Their later command is the missing REF.
func (c *Checker) Finish(end int64) []Violation {
	c.found = nil
	for i := range c.channels {
		for j := range c.channels[i].ranks {
			now := record{Issued: device.Issued{Cycle: end, Command: device.REF, Channel: i, Rank: j}, edge: end}
			c.overdue(&c.channels[i].ranks[j], &now)
		}
	}
	return c.found
}

// need reports a command whose last clock comes earlier than the delay after the last clock of an earlier one.
func (c *Checker) need(rule Rule, earlier *record, clocks int64, now *record) {
	if missing := earlier.edge + clocks - now.edge; missing > 0 {
		c.report(rule, earlier, &now.Issued, now.Cycle+missing)
	}
}

// needStart is need up to the first clock of the command.
func (c *Checker) needStart(rule Rule, earlier *record, clocks int64, now *record) {
	if missing := earlier.edge + clocks - now.Cycle; missing > 0 {
		c.report(rule, earlier, &now.Issued, now.Cycle+missing)
	}
}

func (c *Checker) report(rule Rule, earlier *record, later *device.Issued, earliest int64) {
	if c.accept[rule] {
		return
	}
	v := Violation{Rule: rule, Later: *later, EarliestCycle: earliest}
	if earlier != nil && earlier.seen() {
		v.Earlier, v.Follows = earlier.Issued, true
	}
	c.found = append(c.found, v)
}
