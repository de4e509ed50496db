package offpolicy

import (
	"math"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
)

// told is the remembered trials and the places of each among them: how many are better, and half of those that are neither better nor worse.
type told struct {
	capacity int
	trials   []agents.Trial
	places   []float64
	at       int // the oldest, once it is full
}

// add remembers a trial, in the place of the oldest when it is full. It compares it with every other one.
func (t *told) add(trial agents.Trial) {
	at := len(t.trials)
	if at < t.capacity {
		t.trials, t.places = append(t.trials, agents.Trial{}), append(t.places, 0)
	} else {
		at, t.at = t.at, (t.at+1)%t.capacity
		t.count(at, -1)
	}
	t.trials[at], t.places[at] = trial, 0
	t.count(at, 1)
}

// count adds by, once or back, what a trial and the others are to each other.
func (t *told) count(at int, by float64) {
	for i, other := range t.trials {
		if i == at {
			continue
		}
		c := rank.Compare(t.trials[at], other)
		switch {
		case c < 0:
			t.places[i] += by
		case c > 0:
			t.places[at] += by
		default:
			t.places[i] += by / 2
			t.places[at] += by / 2
		}
	}
}

// reward is a trial's by its place among n: with x = place / (n-1), which is 0 of the best and 1 of the worst, and sharpness k,
//
//	r = ln((1 + k) / (1 + k x)) / ln(1 + k)      1 of the best, 0 of the worst; k = 0: r = 1 - x
func (t *told) reward(i int, sharpness float64) float64 {
	if len(t.trials) < 2 {
		return 0
	}
	x := t.places[i] / float64(len(t.trials)-1)
	if sharpness == 0 {
		return 1 - x
	}
	return math.Log((1+sharpness)/(1+sharpness*x)) / math.Log1p(sharpness)
}
