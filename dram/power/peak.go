package power

import "github.com/codesign-gym/codesign/dram/device"

// peak finds the largest average power of consecutive windows. The energy of a window is that of the counts at its end less that of the
// counts at its start, so all windows together have the energy of the run.
type peak struct {
	windowClocks int64 // 0 = no windows
	tariff       tariff
	clockNS      float64

	boundary  int64   // end of the current window
	energyPJ  float64 // up to its start
	lastPJ    float64 // of the window before it
	largestPJ float64 // of a window
}

func (p *peak) reset() {
	p.boundary, p.energyPJ, p.lastPJ, p.largestPJ = never, 0, 0, 0
	if p.windowClocks > 0 {
		p.boundary = p.windowClocks
	}
}

// cross ends all windows whose end is not after t. Nothing happens to the rank between them, so from steadyFrom on they are all equal and one
// of them is measured for all. The first one may hold commands and is never that one.
func (p *peak) cross(r *rankwise, commands [device.Commands]int64, t int64) {
	steady := r.steadyFrom()
	for first := true; p.boundary <= t; first = false {
		start := p.boundary - p.windowClocks
		p.end(r, commands)
		if !first && start >= steady && p.boundary <= t {
			equal := (t-p.boundary)/p.windowClocks + 1
			p.boundary += equal * p.windowClocks
			p.energyPJ += float64(equal) * p.lastPJ
		}
	}
}

// end ends the current window.
func (p *peak) end(r *rankwise, commands [device.Commands]int64) {
	c := r.elapsed(p.boundary)
	c.addCommands(commands)
	total := p.tariff.energy(&c).TotalPJ()
	p.lastPJ = total - p.energyPJ
	p.energyPJ = total
	p.largestPJ = max(p.largestPJ, p.lastPJ)
	p.boundary += p.windowClocks
}

// close is the peak power of a run that ends with these counts. The clocks after the last whole window are averaged together with that
// window, so a short rest makes no peak of its own; a run shorter than a window has the average of the run.
func (p *peak) close(c *Counts, end int64) float64 {
	if p.windowClocks == 0 || end <= 0 {
		return 0
	}
	restPJ := p.tariff.energy(c).TotalPJ() - p.energyPJ
	whole := p.boundary - p.windowClocks
	if whole == 0 {
		return restPJ / (float64(end) * p.clockNS)
	}
	clocks := max(1, p.windowClocks+end-whole)
	return max(p.largestPJ/float64(p.windowClocks), (p.lastPJ+restPJ)/float64(clocks)) / p.clockNS
}
