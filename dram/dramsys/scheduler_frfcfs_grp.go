package dramsys

// frFcfsGrp prefers hits in the direction of the last column command of the channel, unless an older hit goes to the same place.
type frFcfsGrp struct{ frFcfs }

func (f frFcfsGrp) pick(b *bank) int32 {
	all := f.requests.all
	for i := b.list.head; i != nobody; i = all[i].after {
		r := &all[i]
		if r.Row == b.row && direction(r.Write) == f.last && !f.overtakes(b, i) {
			return i
		}
	}
	return f.frFcfs.pick(b)
}

// overtakes tells whether an older request of the list goes to the same place.
func (f frFcfsGrp) overtakes(b *bank, i int32) bool {
	all := f.requests.all
	for older := b.list.head; older != i; older = all[older].after {
		if all[older].Row == all[i].Row && all[older].Column == all[i].Column {
			return true
		}
	}
	return false
}
