package dramsys

// closedPage closes the row after every access.
type closedPage struct{}

func (closedPage) closes(scheduler, *bank) bool { return true }
