package mapper

import "math"

// The temperatures are differences of the logarithm of the objective: at first a mapping a third worse is often taken, in the end only one that is
// better. They are chosen for problems of this kind; the best of several rounds counts.
const (
	firstTemperature = 0.3
	lastTemperature  = 0.003
	roundEvaluations = 12_000
)

// annealing walks from mapping to mapping by small moves: it takes what is better, and what is worse with a chance that falls with the difference
// and, from round to round anew, with time. A round starts from the best mapping of the one before, the first from the smallest tiles.
func (t *trial) annealing() {
	s := t.space
	now, next, polish := s.newGenome(), s.newGenome(), newPermuter(t)
	s.start(now)
	at := t.try(now)
	rounds := max(1, t.budget/roundEvaluations)
	length := t.budget/rounds + 1
	champion, lowest := s.newGenome(), at
	champion.copyFrom(now)
	for !t.done() {
		begin := t.evaluations
		for !t.done() && t.evaluations-begin < length {
			age := float64(t.evaluations-begin) / float64(length)
			temperature := firstTemperature * math.Pow(lastTemperature/firstTemperature, age)
			next.copyFrom(now)
			t.neighbour(next)
			c := t.try(next)
			if t.accepts(&at, &c, temperature) {
				now, next, at = next, now, c
				if at.less(&lowest) {
					lowest = at
					champion.copyFrom(now)
				}
			}
		}
		if !t.done() {
			if c := polish.best(champion); c.less(&lowest) {
				lowest = c
			}
		}
		now.copyFrom(champion)
		at = lowest
	}
}

// neighbour makes one to three moves.
func (t *trial) neighbour(g *genome) {
	for range 1 + t.rng.IntN(3) {
		switch k := t.rng.IntN(20); {
		case k < 13:
			t.cutMove(g)
		case k < 15:
			t.parallelMove(g)
		case k < 16:
			if t.keepMove(g) {
				continue
			}
			t.cutMove(g)
		default:
			t.orderMove(g)
		}
	}
}

// accepts tells whether a walk goes from a mapping to the next.
func (t *trial) accepts(from, to *cost, temperature float64) bool {
	if to.violation > 0 || from.violation > 0 {
		return to.violation <= from.violation
	}
	if !from.less(to) {
		return true
	}
	worse := math.Log(to.values[0]) - math.Log(from.values[0])
	return t.rng.Float64() < math.Exp(-worse/temperature)
}
