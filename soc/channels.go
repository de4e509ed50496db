package soc

// use is a task's traffic through one channel, entering by one link. A channel is a bus, a direction and the link by which data leaves the bus towards the memory; or
// a memory and a direction. The uses of a task lie together, those of one channel too.
type use struct {
	channel, link, entry int32   // entry: the pair of link and channel
	block                int32   // whose channel it is
	next                 int32   // bus: the block behind the outgoing link; otherwise none
	direction            int32   // read or write
	units                int64   // of all the task's flows on the link in the direction
	bytes                int64   // of the task's flows through the channel
	blockBytes           int64   // of all the task's flows through the block in the direction
	opsPerS              float64 // the rate that the whole bandwidth allows
}

// traffic is what running tasks load.
type traffic struct {
	uses    []use
	of      []span  // per task: its uses
	linkOf  []int32 // per direction, block and block before it
	chanOf  []int32 // per direction, block and block behind it
	entries []entry
	loads   []int64 // per link: the units of the running tasks
	open    []int32 // per channel: the entries with a running task
}

// entry is a link by which data enters a channel.
type entry struct{ channel, link, running int32 }

// connect finds the links and channels, and what each task with work does on them. Flows without bytes load nothing.
func (x *Scratch) connect() {
	g, blocks := x.system.graph, len(x.design.Blocks)
	tr := &x.traffic
	tr.uses, tr.entries = tr.uses[:0], tr.entries[:0]
	tr.loads, tr.open = tr.loads[:0], tr.open[:0]
	tr.linkOf = resize(tr.linkOf, 2*blocks*blocks, none)
	tr.chanOf = resize(tr.chanOf, 2*blocks*blocks, none)
	tr.of = resize(tr.of, len(g.Tasks), span{})
	for t := range g.Tasks {
		start := len(tr.uses)
		if x.system.work[t] > 0 {
			for direction, flows := range [2][]int{g.In[t], g.Out[t]} {
				for _, f := range flows {
					if g.Flows[f].Bytes > 0 {
						x.carry(start, f, direction)
					}
				}
			}
			x.complete(t, tr.uses[start:])
		}
		tr.of[t] = span{int32(start), int32(len(tr.uses) - start)}
	}
}

// carry adds a flow to the uses of its task, which begin at start.
func (x *Scratch) carry(start, flow, direction int) {
	tr, blocks := &x.traffic, len(x.design.Blocks)
	path := x.path(direction, flow)
	for i := 1; i < len(path); i++ {
		block, next := path[i], none
		behind := block // a memory has one channel a direction
		if i+1 < len(path) {
			next = path[i+1]
			behind = next
		}
		link := numbered(&tr.linkOf[(direction*blocks+int(block))*blocks+int(path[i-1])], &tr.loads)
		channel := numbered(&tr.chanOf[(direction*blocks+int(block))*blocks+int(behind)], &tr.open)
		u := tr.find(start, channel, link)
		u.block, u.next, u.direction = block, next, int32(direction)
		u.bytes += x.system.graph.Flows[flow].Bytes
		u.units += x.system.units[direction][flow]
	}
}

// numbered gives the next number to what has none, and room for its count.
func numbered[T int32 | int64](number *int32, counts *[]T) int32 {
	if *number == none {
		*number = int32(len(*counts))
		*counts = append(*counts, 0)
	}
	return *number
}

// find is the use of a channel by a link; a new one goes behind the uses of the same channel.
func (tr *traffic) find(start int, channel, link int32) *use {
	at := len(tr.uses)
	for i := start; i < len(tr.uses); i++ {
		if u := &tr.uses[i]; u.channel == channel {
			if u.link == link {
				return u
			}
			at = i + 1
		}
	}
	tr.uses = append(tr.uses, use{})
	copy(tr.uses[at+1:], tr.uses[at:])
	tr.uses[at] = use{channel: channel, link: link, entry: tr.entryOf(channel, link)}
	return &tr.uses[at]
}

func (tr *traffic) entryOf(channel, link int32) int32 {
	for i := range tr.entries {
		if tr.entries[i].channel == channel && tr.entries[i].link == link {
			return int32(i)
		}
	}
	tr.entries = append(tr.entries, entry{channel: channel, link: link})
	return int32(len(tr.entries) - 1)
}

// complete sums up over a task's uses what belongs to a link and to a block, and the rate that a block's bandwidth allows.
func (x *Scratch) complete(t int, uses []use) {
	for i := range uses {
		u := &uses[i]
		for j := range uses {
			if v := &uses[j]; v.direction == u.direction && v.block == u.block {
				u.blockBytes += v.bytes
			}
		}
	}
	// The units of a link are those of all uses that enter by it, once each.
	x.linkUnits = x.linkUnits[:0]
	for i := range uses {
		sum := int64(0)
		for j := range uses {
			if uses[j].link == uses[i].link {
				sum += uses[j].units
			}
		}
		x.linkUnits = append(x.linkUnits, sum)
	}
	for i := range uses {
		uses[i].units = x.linkUnits[i]
		uses[i].opsPerS = x.bandwidth(uses[i].block) * x.system.work[t] / float64(uses[i].blockBytes)
	}
}

// bandwidth of a bus or memory in bytes per second; reading and writing have the full figure each.
func (x *Scratch) bandwidth(block int32) float64 {
	b, l := &x.design.Blocks[block], &x.system.library
	return float64(b.WidthBytes) * float64(b.ClockFactor) * l.BaseClockMHz * 1e6 * l.Levels[b.Level].ClockFactor
}

// load adds a task to what its uses load, or with -1 takes it away.
func (x *Scratch) load(t int32, sign int32) {
	tr := &x.traffic
	uses := x.usesOf(t)
	for i := range uses {
		u := &uses[i]
		if !seenLink(uses[:i], u.link) {
			tr.loads[u.link] += int64(sign) * u.units
		}
		e := &tr.entries[u.entry]
		before := e.running
		e.running += sign
		if before == 0 || e.running == 0 {
			tr.open[u.channel] += sign
		}
	}
}

func seenLink(uses []use, link int32) bool {
	for i := range uses {
		if uses[i].link == link {
			return true
		}
	}
	return false
}

func (x *Scratch) usesOf(t int32) []use {
	p := x.traffic.of[t]
	return x.traffic.uses[p.at : p.at+p.n]
}

// share is the part of the channel's bandwidth that a task gets when it enters by the use's link: links have equal parts, on a link the running tasks share by units.
func (tr *traffic) share(u *use) float64 {
	return float64(u.units) / float64(tr.loads[u.link]) / float64(tr.open[u.channel])
}
