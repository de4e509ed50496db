package soc

import (
	"errors"
	"fmt"
	"slices"
)

// Flow is an edge of a Graph: indices of tasks.
type Flow struct {
	From, To int
	Bytes    int64
}

// Goal is what one workload of a graph has to reach.
type Goal struct {
	Workload       string
	Last           int // index of the task whose end is the latency
	LatencyBudgetS float64
}

// Graph is one workload, or several that run together: tasks and edges in the order of the workloads, a shared name (the source, the sink) at its
// first place. It is immutable.
type Graph struct {
	Goals        []Goal // one a workload
	Budget       Budget // the sum of the workloads'
	Tasks        []Task
	Flows        []Flow
	Source, Sink int     // indices of tasks
	In, Out      [][]int // per task: indices of its incoming and outgoing flows, in flow order
}

// Together is the graph of workloads that run at the same time: the union of their tasks and edges by name. Every mistake in one of them is reported, see
// Workload.Check; so are a name that two workloads describe differently, and what is wrong with the union.
func Together(workloads ...Workload) (*Graph, error) {
	if len(workloads) == 0 {
		return nil, errors.New("soc: no workload")
	}
	var errs []error
	for _, w := range workloads {
		errs = append(errs, w.Check())
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	g := &Graph{}
	for i, w := range workloads {
		if slices.ContainsFunc(workloads[:i], func(other Workload) bool { return other.Name == w.Name }) {
			return nil, fmt.Errorf("soc: workload %q is given twice", w.Name)
		}
		if err := g.add(w); err != nil {
			return nil, err
		}
	}
	g.In, g.Out = make([][]int, len(g.Tasks)), make([][]int, len(g.Tasks))
	for i, f := range g.Flows {
		g.Out[f.From] = append(g.Out[f.From], i)
		g.In[f.To] = append(g.In[f.To], i)
	}
	source, sink, err := ends(g.Tasks, g.Flows)
	if err != nil {
		return nil, fmt.Errorf("soc: workloads together: %w", err)
	}
	g.Source, g.Sink = source, sink
	if at := cycle(len(g.Tasks), g.Flows); at >= 0 {
		return nil, fmt.Errorf("soc: workloads together: task %q is on a cycle", g.Tasks[at].Name)
	}
	return g, nil
}

// add takes in a checked workload.
func (g *Graph) add(w Workload) error {
	for _, t := range w.Tasks {
		switch at := g.Index(t.Name); {
		case at < 0:
			g.Tasks = append(g.Tasks, t)
		case g.Tasks[at].normal() != t.normal():
			return fmt.Errorf("soc: workload %q: task %q is described differently by an earlier workload", w.Name, t.Name)
		}
	}
	for _, e := range w.Edges {
		f := Flow{g.Index(e.From), g.Index(e.To), e.Bytes}
		switch at := slices.IndexFunc(g.Flows, func(old Flow) bool { return old.From == f.From && old.To == f.To }); {
		case at < 0:
			g.Flows = append(g.Flows, f)
		case g.Flows[at] != f:
			return fmt.Errorf("soc: workload %q: edge %q to %q has %d bytes, and %d in an earlier workload", w.Name, e.From, e.To, f.Bytes, g.Flows[at].Bytes)
		}
	}
	g.Goals = append(g.Goals, Goal{w.Name, g.Index(w.Last), w.LatencyBudgetS})
	g.Budget.PowerMW += w.Budget.PowerMW
	g.Budget.AreaMM2 += w.Budget.AreaMM2
	return nil
}

// Index is the index of a task by name, -1 if there is none.
func (g *Graph) Index(task string) int {
	return slices.IndexFunc(g.Tasks, func(t Task) bool { return t.Name == task })
}

// ends are the one task without incoming and the one without outgoing flows, which have no work.
func ends(tasks []Task, flows []Flow) (source, sink int, err error) {
	one := func(what string, has func(Flow, int) bool) (int, error) {
		found := -1
		for t := range tasks {
			if slices.ContainsFunc(flows, func(f Flow) bool { return has(f, t) }) {
				continue
			}
			if found >= 0 {
				return 0, fmt.Errorf("tasks %q and %q have no %s edges: want one such task, without work", tasks[found].Name, tasks[t].Name, what)
			}
			found = t
		}
		if found < 0 {
			return 0, fmt.Errorf("every task has %s edges: the graph is a cycle", what)
		}
		if tasks[found].Cycles != 0 {
			return 0, fmt.Errorf("task %q has no %s edges, and %d cycles: want a source and a sink without work", tasks[found].Name, what, tasks[found].Cycles)
		}
		return found, nil
	}
	source, err = one("incoming", func(f Flow, t int) bool { return f.To == t })
	if err == nil {
		sink, err = one("outgoing", func(f Flow, t int) bool { return f.From == t })
	}
	return source, sink, err
}

// cycle is a task on a cycle of flows, -1 if there is none.
func cycle(tasks int, flows []Flow) int {
	waits := make([]int, tasks)
	for _, f := range flows {
		waits[f.To]++
	}
	// Whoever waits for nobody is done, until nothing changes: graphs are small.
	for done := -1; done != 0; {
		done = 0
		for t, n := range waits {
			if n != 0 {
				continue
			}
			waits[t] = -1
			done++
			for _, f := range flows {
				if f.From == t {
					waits[f.To]--
				}
			}
		}
	}
	// A waiting task may only be behind a cycle; walking back over waiting producers for as many steps as there are tasks ends on it.
	at := slices.IndexFunc(waits, func(n int) bool { return n > 0 })
	for range waits {
		if i := slices.IndexFunc(flows, func(f Flow) bool { return f.To == at && waits[f.From] > 0 }); i >= 0 {
			at = flows[i].From
		}
	}
	return at
}
