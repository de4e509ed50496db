package queue

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// crew is what a coordinator knows of its workers, those that have left too. All times are by the coordinator's clock.
type crew struct {
	mu      sync.Mutex
	members map[string]*sweep.Worker
}

func newCrew() *crew { return &crew{members: map[string]*sweep.Worker{}} }

// join takes a worker in, or takes a sign of life of one that is in.
func (c *crew) join(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now().UTC()
	if c.members[name] == nil {
		c.members[name] = &sweep.Worker{Name: name, Joined: now}
	}
	c.members[name].Heard, c.members[name].Left = now, false
}

// note changes what is known of a worker, of whom it is a sign of life; strangers are none of the crew.
func (c *crew) note(name string, change func(*sweep.Worker)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if m := c.members[name]; m != nil {
		m.Heard = time.Now().UTC()
		change(m)
	}
}

// list is the crew by when they joined, with the studies that each has opened last.
func (c *crew) list(studies map[string][]int) []sweep.Worker {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := make([]sweep.Worker, 0, len(c.members))
	for name, m := range c.members {
		w := *m
		w.Studies = studies[name]
		slices.Sort(w.Studies)
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b sweep.Worker) int { return cmp.Or(a.Joined.Compare(b.Joined), cmp.Compare(a.Name, b.Name)) })
	return list
}

var _ sweep.Crew = (*Coordinator)(nil)

// Workers are those that have joined the run.
func (c *Coordinator) Workers() []sweep.Worker {
	studies := map[string][]int{}
	c.mu.Lock()
	for i, e := range c.studies {
		if e.worker != "" {
			studies[e.worker] = append(studies[e.worker], i)
		}
	}
	c.mu.Unlock()
	return c.crew.list(studies)
}
