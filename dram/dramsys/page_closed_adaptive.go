package dramsys

// closedAdaptivePage closes the row unless a further request hits it.
type closedAdaptivePage struct{}

func (closedAdaptivePage) closes(s scheduler, b *bank) bool {
	_, hit := s.further(b)
	return !hit
}
