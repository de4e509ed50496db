package systolic

// Scratch is memory that runs of the SRAM models use again, so that they need no new one. The zero value is ready; one run at a time.
type Scratch struct {
	marks     marks
	places    map[int64]place
	stretches []run
	locator   locator
	repeats   repeats
	partial   []partialLine
	user      userScratch
}
