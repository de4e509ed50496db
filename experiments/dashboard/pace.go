package dashboard

import "time"

// Over what a rate is measured: the last minute, or where so few trials were told in it the last ten.
const (
	paceShort  = time.Minute
	paceLong   = 10 * time.Minute
	paceTrials = 20
	paceEvery  = time.Second
)

// sample is how many trials there were at a time.
type sample struct {
	at     time.Time
	trials int
}

// pace measures how fast trials come.
type pace struct{ samples []sample }

// note takes a count.
func (p *pace) note(at time.Time, trials int) {
	if n := len(p.samples); n > 0 && at.Sub(p.samples[n-1].at) < paceEvery {
		return
	}
	p.samples = append(p.samples, sample{at, trials})
	for len(p.samples) > 2 && at.Sub(p.samples[0].at) > paceLong {
		p.samples = p.samples[1:]
	}
}

// rate is the trials per second up to now; none before there are two counts.
func (p *pace) rate(at time.Time, trials int) Number {
	if len(p.samples) == 0 || at.Sub(p.samples[0].at) < paceEvery {
		return None()
	}
	from := p.samples[0]
	for _, s := range p.samples {
		if at.Sub(s.at) <= paceShort && trials-s.trials >= paceTrials && at.Sub(s.at) >= paceEvery {
			from = s
			break
		}
	}
	return Number(float64(trials-from.trials) / at.Sub(from.at).Seconds())
}
