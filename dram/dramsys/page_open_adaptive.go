package dramsys

// openAdaptivePage closes the row if further requests wait for the bank and none of them hits.
type openAdaptivePage struct{}

func (openAdaptivePage) closes(s scheduler, b *bank) bool {
	request, hit := s.further(b)
	return request && !hit
}
