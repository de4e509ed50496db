package groups

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

// Learned is the groups that a designer learns from its trials: see Learner.
const Learned = "learned"

// Learner finds which axes belong together. It begins with an agent an axis and looks again whenever they are half as many more. The zero value learns
// nothing.
type Learner struct {
	space  space.Space
	trials []agents.Trial // the last ones told
	told   int
	next   int    // trials told at the next look
	groups string // the present ones
}

// Sizes of a Learner.
const (
	remembered = 600 // trials looked at: all pairs of them are compared
	perAxis    = 4   // trials an axis before the first look, but at least
	firstLook  = 60
	maxAxes    = 5 // of a group: an actor of many axes has too many weights for hundreds of trials
)

// NewLearner makes a learner for a space whose axes have an agent each.
func NewLearner(s space.Space) *Learner {
	return &Learner{space: s, next: max(firstLook, perAxis*s.Len())}
}

// Tell adds a trial. When it is time to look, and the groups found differ from the present ones, it returns how they share out the axes.
func (l *Learner) Tell(t agents.Trial) (env.Split, bool) {
	if l == nil || l.space.Len() == 0 {
		return env.Split{}, false
	}
	if l.told++; len(l.trials) == remembered {
		l.trials = slices.Delete(l.trials, 0, 1)
	}
	l.trials = append(l.trials, t)
	if l.told < l.next {
		return env.Split{}, false
	}
	l.next = 3 * l.told / 2
	list := Find(l.space, l.trials)
	names := make([]string, len(list))
	for i, g := range list {
		names[i] = g.Name
	}
	found := strings.Join(names, "; ")
	if found == l.groups || l.groups == "" && len(list) == l.space.Len() {
		return env.Split{}, false
	}
	split, err := Of(l.space, list)
	if err != nil {
		return env.Split{}, false // names that clash: the present groups stay
	}
	l.groups = found
	return split, true
}

// Find groups the axes of which the joint effect on the rank of the trials is not the sum of their own effects: see the package comment. The groups are in
// the order of their first axis and named by their axes, as in "rows+columns".
func Find(s space.Space, trials []agents.Trial) []Group {
	owner := make([]int, s.Len()) // axis -> first axis of its group
	size := make([]int, s.Len())
	for axis := range owner {
		owner[axis], size[axis] = axis, 1
	}
	for _, p := range interactions(s, trials) {
		a, b := owner[p.first], owner[p.second]
		if a == b || size[a]+size[b] > maxAxes {
			continue
		}
		a, b = min(a, b), max(a, b)
		size[a] += size[b]
		for axis, o := range owner {
			if o == b {
				owner[axis] = a
			}
		}
	}
	var list []Group
	at := map[int]int{}
	for axis, o := range owner {
		k, ok := at[o]
		if !ok {
			k = len(list)
			at[o], list = k, append(list, Group{})
		}
		list[k].Axes = append(list[k].Axes, s.Param(axis).Name)
	}
	for i := range list {
		list[i].Name = strings.Join(list[i].Axes, "+")
	}
	return list
}

// pair is two axes and how far their joint effect is from chance.
type pair struct {
	first, second int
	deviations    float64
}

// significant is how many standard deviations above chance count: one pair of 4,300 without interaction is beyond by chance.
const significant = 3.5

// interactions lists the pairs of axes that act together, the strongest first.
func interactions(s space.Space, trials []agents.Trial) []pair {
	scores := scoresOf(trials)
	cells := make([]coarse, s.Len())
	for axis := range cells {
		cells[axis] = coarsen(s, axis, trials, scores)
	}
	rest, freedom := residuals(cells, scores)
	square := 0.0
	for _, r := range rest {
		square += r * r
	}
	if freedom <= 0 || square == 0 {
		return nil
	}
	variance := square / float64(freedom)
	var list []pair
	for i := range cells {
		for j := i + 1; j < len(cells); j++ {
			explained, extra := joint(cells[i], cells[j], rest)
			if extra <= 0 {
				continue
			}
			if z := deviations(explained/variance, float64(extra)); z > significant {
				list = append(list, pair{i, j, z})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b pair) int { return cmp.Compare(b.deviations, a.deviations) })
	return list
}

// scoresOf is 1 of the best trial and 0 of the worst, by the number of better ones and half of those that are alike.
func scoresOf(trials []agents.Trial) []float64 {
	scores := make([]float64, len(trials))
	for i := range trials {
		for j := range i {
			switch c := rank.Compare(trials[i], trials[j]); {
			case c < 0:
				scores[i]++
			case c > 0:
				scores[j]++
			default:
				scores[i] += 0.5
				scores[j] += 0.5
			}
		}
	}
	for i := range scores {
		scores[i] /= float64(max(len(trials)-1, 1))
	}
	return scores
}

// deviations is a sum of squares of that many normal numbers as deviations of a normal one (E. B. Wilson and M. M. Hilferty, PNAS 17, 1931).
func deviations(squares, freedom float64) float64 {
	spread := 2 / (9 * freedom)
	return (math.Cbrt(squares/freedom) - (1 - spread)) / math.Sqrt(spread)
}
