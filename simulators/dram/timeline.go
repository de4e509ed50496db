package dram

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/internal/draw"
)

// maxDrawn is how many commands are drawn.
const maxDrawn = 400

// The kinds of commands that the drawing tells apart.
const (
	activates = iota
	reads
	writes
	precharges
	refreshes
	sleeps
)

// kindNames are the kinds as the legend names them.
func kindNames() []string {
	return []string{"ACT", "RD, RDA", "WR, WRA", "PRE", "REF", "power-down, self refresh"}
}

func kindOf(c device.Command) int {
	switch c {
	case device.ACT:
		return activates
	case device.RD, device.RDA:
		return reads
	case device.WR, device.WRA:
		return writes
	case device.PRE, device.PREA:
		return precharges
	case device.REF, device.REFPB:
		return refreshes
	}
	return sleeps
}

// timeline draws the first commands: for each bank when its row is open (a pale bar from ACT to precharge) and each command with the clocks
// that it keeps the bus or the data pins.
func timeline(g address.Geometry, commands []device.Issued) []byte {
	if len(commands) == 0 {
		return draw.Gantt{Title: "no command was issued"}.SVG()
	}
	rules := g.Device.Rules()
	lanes := lanesOf(g, commands)
	start, end := commands[0].Cycle, commands[len(commands)-1].Cycle+int64(rules.ReadData)
	chart := draw.Gantt{
		Title: fmt.Sprintf("The first %d commands, clocks %d to %d of %s", len(commands), start, end, g.Device.Name),
		Unit:  "clock", Kinds: kindNames(), Bars: openRows(g, lanes, commands, end),
	}
	for _, l := range lanes {
		chart.Lanes = append(chart.Lanes, l.String())
	}
	for _, c := range commands {
		until := min(c.Cycle+int64(busy(g.Device, rules, c.Command)), end)
		for _, i := range lanesOfCommand(g, lanes, c) {
			chart.Bars = append(chart.Bars, draw.Bar{
				Lane: i, Start: float64(c.Cycle), End: float64(until), Kind: kindOf(c.Command),
				Tip: fmt.Sprintf("clock %d: %s row %d column %d", c.Cycle, c.Command, c.Row, c.Column),
			})
		}
	}
	return chart.SVG()
}

// lane is one bank.
type lane struct{ channel, rank, bank int }

func (l lane) String() string { return fmt.Sprintf("ch %d ra %d ba %d", l.channel, l.rank, l.bank) }

// lanesOf are the banks that bank commands name, in order.
func lanesOf(g address.Geometry, commands []device.Issued) (lanes []lane) {
	for _, c := range commands {
		l := lane{c.Channel, c.Rank, c.Bank}
		if c.Command.OfBank() && !slices.Contains(lanes, l) {
			lanes = append(lanes, l)
		}
	}
	if len(lanes) == 0 {
		lanes = []lane{{commands[0].Channel, commands[0].Rank, 0}}
	}
	order := func(l lane) int { return (l.channel*g.Ranks+l.rank)*g.Device.Banks() + l.bank }
	slices.SortFunc(lanes, func(a, b lane) int { return order(a) - order(b) })
	return lanes
}

// lanesOfCommand are the lanes of the banks that a command acts on.
func lanesOfCommand(g address.Geometry, lanes []lane, c device.Issued) (indices []int) {
	for i, l := range lanes {
		if l.channel == c.Channel && l.rank == c.Rank && (l.bank == c.Bank || !c.Command.OfBank()) {
			indices = append(indices, i)
		}
	}
	return indices
}

// busy is how many clocks a command is drawn: the data of a column command, the duration of a refresh, else the command bus.
func busy(d *device.Device, rules *device.Rules, c device.Command) int {
	switch {
	case c.IsColumn():
		return max(d.BurstClocks(), rules.Clocks[c])
	case c == device.REF:
		return d.Timing.TRFC
	case c == device.REFPB:
		return d.Timing.TRFCPB
	}
	return rules.Clocks[c]
}

// openRows are the times when each bank has a row open.
func openRows(g address.Geometry, lanes []lane, commands []device.Issued, end int64) (bars []draw.Bar) {
	const closed = -1
	since := make([]int64, len(lanes))
	for i := range since {
		since[i] = closed
	}
	closeRow := func(i int, at int64) {
		if since[i] != closed {
			bars = append(bars, draw.Bar{Lane: i, Start: float64(since[i]), End: float64(at), Kind: activates, Pale: true, Tip: "row open"})
			since[i] = closed
		}
	}
	for _, c := range commands {
		for _, i := range lanesOfCommand(g, lanes, c) {
			switch c.Command {
			case device.ACT:
				since[i] = c.Cycle
			case device.PRE, device.PREA, device.RDA, device.WRA:
				closeRow(i, c.Cycle)
			}
		}
	}
	for i := range lanes {
		closeRow(i, end)
	}
	return bars
}
