package dram

import (
	"bytes"
	"fmt"
	"html"
	"slices"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
)

// The drawing: one line a bank that was used, time from left to right.
const (
	maxDrawn    = 400 // commands
	maxLanes    = 40  // banks
	laneHeight  = 18
	laneLabel   = 110 // width left of the lanes
	drawnWidth  = 1100
	headHeight  = 46
	minimumWide = 1.5 // of a command, so that it stays visible
)

// colour is how commands of a kind are drawn.
func colour(c device.Command) string {
	switch c {
	case device.ACT:
		return "#4269d0"
	case device.RD, device.RDA:
		return "#3ca951"
	case device.WR, device.WRA:
		return "#efb118"
	case device.PRE, device.PREA:
		return "#9498a0"
	case device.REF, device.REFPB:
		return "#ff725c"
	}
	return "#a463f2" // power-down and self refresh
}

// timeline draws the first commands: for each bank when its row is open (a pale bar from ACT to precharge) and each command with the clocks
// that it keeps the bus or the data pins.
func timeline(g address.Geometry, commands []device.Issued) []byte {
	var b bytes.Buffer
	if len(commands) == 0 {
		b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="30"><text x="8" y="20">no command was issued</text></svg>` + "\n")
		return b.Bytes()
	}
	rules := g.Device.Rules()
	lanes, hidden := lanesOf(g, commands)
	start, end := commands[0].Cycle, commands[len(commands)-1].Cycle+int64(rules.ReadData)
	scale := float64(drawnWidth) / float64(end-start)
	x := func(cycle int64) float64 { return laneLabel + float64(cycle-start)*scale }
	height := headHeight + laneHeight*len(lanes) + 24
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">`+"\n", laneLabel+drawnWidth+20, height)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" fill="white"/><text x="8" y="16" font-size="13">The first %d commands, clocks %d to %d of %s%s</text>`+"\n",
		len(commands), start, end, html.EscapeString(g.Device.Name), hidden)
	legend(&b)
	for i, l := range lanes {
		fmt.Fprintf(&b, `<text x="8" y="%d">%s</text><line x1="%d" x2="%d" y1="%d" y2="%d" stroke="#ddd"/>`+"\n",
			headHeight+laneHeight*i+13, l, laneLabel, laneLabel+drawnWidth, headHeight+laneHeight*(i+1), headHeight+laneHeight*(i+1))
	}
	openRows(&b, g, lanes, commands, end, x)
	for _, c := range commands {
		width := min(max(minimumWide, scale*float64(busy(g.Device, rules, c.Command))), laneLabel+drawnWidth-x(c.Cycle))
		for _, i := range lanesOfCommand(g, lanes, c) {
			fmt.Fprintf(&b, `<rect x="%.2f" y="%d" width="%.2f" height="%d" fill="%s"><title>clock %d: %s row %d column %d</title></rect>`+"\n",
				x(c.Cycle), headHeight+laneHeight*i+3, width, laneHeight-6, colour(c.Command), c.Cycle, c.Command, c.Row, c.Column)
		}
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// lane is one bank.
type lane struct{ channel, rank, bank int }

func (l lane) String() string { return fmt.Sprintf("ch %d ra %d ba %d", l.channel, l.rank, l.bank) }

// lanesOf are the banks that bank commands name, in order, and a note if there are too many to draw.
func lanesOf(g address.Geometry, commands []device.Issued) (lanes []lane, hidden string) {
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
	if len(lanes) > maxLanes {
		hidden = fmt.Sprintf("; %d further banks are not drawn", len(lanes)-maxLanes)
		lanes = lanes[:maxLanes]
	}
	return lanes, hidden
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

// openRows draws from when to when each bank has a row open.
func openRows(b *bytes.Buffer, g address.Geometry, lanes []lane, commands []device.Issued, end int64, x func(int64) float64) {
	const closed = -1
	since := make([]int64, len(lanes))
	for i := range since {
		since[i] = closed
	}
	closeRow := func(i int, at int64) {
		if since[i] != closed {
			fmt.Fprintf(b, `<rect x="%.2f" y="%d" width="%.2f" height="%d" fill="#dbe4f8"/>`+"\n",
				x(since[i]), headHeight+laneHeight*i+1, x(at)-x(since[i]), laneHeight-2)
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
}

func legend(b *bytes.Buffer) {
	at := 8
	for _, item := range []struct {
		command device.Command
		name    string
	}{{device.ACT, "ACT"}, {device.RD, "RD, RDA"}, {device.WR, "WR, WRA"}, {device.PRE, "PRE"}, {device.REF, "REF"}, {device.PDEA, "power-down, self refresh"}} {
		fmt.Fprintf(b, `<rect x="%d" y="26" width="10" height="10" fill="%s"/><text x="%d" y="35">%s</text>`+"\n", at, colour(item.command), at+14, item.name)
		at += 30 + 7*len(item.name)
	}
}
