package jedec

// commandBus checks that no command begins before the one before it has ended.
func (c *Checker) commandBus(ch *channel, now *record) {
	bus := uint8(0)
	if now.Command.IsColumn() {
		bus = c.delays.column
	}
	c.needStart(CommandBus, &ch.commands[bus], 1, now)
	ch.commands[bus] = *now
}

// burst is a span [start, end) of clocks on the data bus.
type burst struct {
	record
	start, end int64
}

// bursts are the last ones on a data bus. Sixteen are more than can lie between a command and its data.
type bursts struct {
	last   [16]burst
	oldest int
	end    int64 // of the last one to end
}

func newBursts() bursts {
	b := bursts{end: never}
	for i := range b.last {
		b.last[i] = burst{record: unseen(), start: never, end: never}
	}
	return b
}

// dataBus checks that the data of a column command meet no others, and that two ranks leave each other time to switch.
func (c *Checker) dataBus(ch *channel, now *record) {
	w := &c.delays
	start := now.edge + w.writeStart
	if now.Command.IsRead() {
		start = now.edge + w.readStart
	}
	end := start + w.burst
	data := &ch.data
	if start < data.end+w.rankSwitch {
		for i := range data.last {
			c.meet(&data.last[i], start, end, now)
		}
	}
	data.last[data.oldest] = burst{record: *now, start: start, end: end}
	data.oldest = (data.oldest + 1) % len(data.last)
	data.end = max(data.end, end)
}

// meet checks two bursts.
func (c *Checker) meet(b *burst, start, end int64, now *record) {
	gap := int64(0)
	if b.Rank != now.Rank {
		gap = c.delays.rankSwitch
	}
	switch earliest := now.Cycle + b.end + gap - start; {
	case start < b.end && b.start < end:
		c.report(DataBus, &b.record, &now.Issued, earliest)
	case start < b.end+gap && b.start < end+gap:
		c.report(TRTRS, &b.record, &now.Issued, earliest)
	}
}
