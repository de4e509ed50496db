package dramsys

// openPage never closes a row of its own accord.
type openPage struct{}

func (openPage) closes(scheduler, *bank) bool { return false }
