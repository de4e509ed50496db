package soc

// power is the most that a window of the run draws on average.
func (x *Scratch) power() float64 {
	if x.system.profile == Reference {
		return x.referencePowerMW()
	}
	return x.windowPowerMW()
}

// windowPowerMW is the worst average over all windows of the library's length, or over the whole run if that is shorter. Between phase ends power is constant,
// so that the worst window begins or ends at one.
func (x *Scratch) windowPowerMW() float64 {
	window := x.system.library.PowerWindowS
	if x.timeS <= window {
		if x.timeS == 0 {
			return 0
		}
		return x.result.EnergyPJ / x.timeS / pjPerMWS
	}
	return max(x.slide(window, 1), x.slide(window, -1)) / window / pjPerMWS
}

// slide is the most energy of a window that begins at a phase's start, walking forward, or ends at a phase's end, walking backward.
func (x *Scratch) slide(window float64, step int) float64 {
	at := func(i int) *phase {
		if step < 0 {
			i = len(x.phases) - 1 - i
		}
		return &x.phases[i]
	}
	worst, energy, length := 0.0, 0.0, 0.0
	ahead := 0 // the phases from i to ahead-1 are in energy and length
	for i := range x.phases {
		for ; length < window && ahead < len(x.phases); ahead++ {
			energy += at(ahead).energyPJ
			length += at(ahead).durationS
		}
		over := 0.0
		if length > window {
			last := at(ahead - 1)
			over = last.energyPJ * (length - window) / last.durationS
		}
		if length < window*(1-tieFrac) {
			break // what is left is shorter than a window
		}
		worst = max(worst, energy-over)
		energy -= at(i).energyPJ
		length -= at(i).durationS
	}
	return worst
}

// referencePowerMW is the reference's rule: a window closes with the phase that exceeds what is left of its length. The number of that phase among those that take time is
// used as an index into all phases, those without time too.
func (x *Scratch) referencePowerMW() float64 {
	worst := 0.0
	window := func(phases []phase) {
		energy, duration := 0.0, 0.0
		for _, p := range phases {
			energy += p.energyPJ
			duration += p.durationS
		}
		if duration > 0 {
			worst = max(worst, energy/duration/pjPerMWS)
		}
	}
	number, start := 0, 0
	allowance := x.system.library.PowerWindowS
	for _, p := range x.phases {
		if p.durationS == 0 {
			continue
		}
		if p.durationS > allowance {
			window(x.phases[start : number+1])
			start = number + 1
			allowance = x.system.library.PowerWindowS
		} else {
			allowance -= p.durationS
		}
		number++
	}
	window(x.phases[start:])
	return worst
}
