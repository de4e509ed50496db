package ramulator

import "fmt"

// waiting says what the oldest request waits for.
func (m *controller) waiting() string {
	where, oldest := "", request{accepted: forever}
	for _, l := range []struct {
		name string
		list list
	}{{"active list", m.active}, {"read buffer", m.reads}, {"write buffer", m.writes}} {
		if len(l.list) > 0 && l.list[0].accepted < oldest.accepted {
			where, oldest = l.name, l.list[0]
		}
	}
	direction := "read"
	if oldest.write {
		direction = "write"
	}
	mode := "reads"
	if m.writeMode {
		mode = "writes"
	}
	return fmt.Sprintf("request %d, a %s of address %#x accepted in clock %d, waits in the %s for %s of bank %d, row %d (open row %d); served are %s, %d entries of the priority list go first",
		oldest.number+1, direction, oldest.address, oldest.accepted, where, m.needs(&oldest), oldest.bank, oldest.row, m.channel.Row(int(oldest.bank)), mode, len(m.priority))
}
