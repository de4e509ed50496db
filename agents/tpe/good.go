package tpe

import (
	"cmp"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/env/space"
)

// record is a told trial and its design.
type record struct {
	trial  agents.Trial
	design design
}

// records are the told trials, parted into the leaders, which may become good, and the designs of the rest.
type records struct {
	most    int
	leaders []record // the best first, at most `most`
	rest    []design // in ID order
}

// add ranks a trial among the leaders; the worst of too many joins the rest for ever.
func (r *records) add(s space.Space, t agents.Trial) {
	r.leaders = append(r.leaders, record{t, newDesign(s, t.ID, t.Point)})
	trials := make([]agents.Trial, len(r.leaders))
	for i, l := range r.leaders {
		trials[i] = l.trial
	}
	ordered := make([]record, len(r.leaders))
	for i, from := range rank.Order(trials) {
		ordered[i] = r.leaders[from]
	}
	if r.leaders = ordered; len(ordered) > r.most {
		worst := ordered[r.most].design
		r.leaders = ordered[:r.most]
		at, _ := slices.BinarySearchFunc(r.rest, worst, byID)
		r.rest = slices.Insert(r.rest, at, worst)
	}
}

func (r *records) len() int { return len(r.leaders) + len(r.rest) }

// part returns the good designs and the others, both by age, the oldest first.
func (r *records) part(goodFrac float64, most int) (good, bad []design) {
	count := min(int(math.Ceil(goodFrac*float64(r.len()))), most, len(r.leaders))
	bad = append(make([]design, 0, r.len()), r.rest...)
	for i, l := range r.leaders {
		if i < count {
			good = append(good, l.design)
		} else {
			bad = append(bad, l.design)
		}
	}
	slices.SortFunc(good, byID)
	slices.SortFunc(bad, byID)
	return good, bad
}

func byID(a, b design) int { return cmp.Compare(a.id, b.id) }
