package soc

import (
	"fmt"
	"slices"
	"strings"
)

// Workloads lists the published workloads by name: audio_decoder, hpvm_cava, edge_detection, its copies for scaling studies, and the three
// examples that the reference was validated with.
func Workloads() []Workload {
	list := []Workload{audioDecoder(), cava(), edgeDetection()}
	for _, suffix := range []string{"_1", "_2", "_3", "_4"} {
		list = append(list, Copy(edgeDetection(), suffix))
	}
	return append(list, onePipe(), eightPipes(), twoRouters())
}

// Lookup is the published workload of a name; the error of an unknown name lists the known ones.
func Lookup(name string) (Workload, error) {
	var known []string
	for _, w := range Workloads() {
		if w.Name == name {
			return w, nil
		}
		known = append(known, w.Name)
	}
	return Workload{}, fmt.Errorf("soc: unknown workload %q: known are %s", name, strings.Join(known, ", "))
}

// Copy is the workload under another name, to run beside itself: name and tasks carry the suffix. The source and the sink keep their names, so that the copies
// share them.
func Copy(w Workload, suffix string) Workload {
	from, to := map[string]bool{}, map[string]bool{}
	for _, e := range w.Edges {
		from[e.From], to[e.To] = true, true
	}
	name := func(task string) string {
		if from[task] && to[task] {
			return task + suffix
		}
		return task
	}
	w.Name += suffix
	w.Last = name(w.Last)
	w.Tasks, w.Edges = slices.Clone(w.Tasks), slices.Clone(w.Edges)
	for i := range w.Tasks {
		w.Tasks[i].Name = name(w.Tasks[i].Name)
	}
	for i, e := range w.Edges {
		w.Edges[i].From, w.Edges[i].To = name(e.From), name(e.To)
	}
	return w
}

// publishedBudget is that of every published workload but the examples.
func publishedBudget() Budget { return Budget{PowerMW: 8.737, AreaMM2: 17.475} }

// accelerated is a task in the columns of the published tables: cycles on the processor, loop iterations, cycles, energy [fJ] and area [um2] of the
// accelerator.
func accelerated(name string, cycles, loops, acceleratorCycles int64, energyFJ, areaUM2 float64) Task {
	return Task{name, cycles, loops, Accelerator{acceleratorCycles, energyFJ / 1000, areaUM2}}
}

// onePipe is the example with one task, for a processor only.
func onePipe() Workload { return pipes("SOC_example_1p", 1, 1046, 1e9, 6400) }

// eightPipes is the example with eight tasks that run in parallel, for processors only.
func eightPipes() Workload { return pipes("SOC_example_8p", 8, 1046025, 1e6, 67000) }

// twoRouters is the example with one short task, meant for a system with two buses.
func twoRouters() Workload { return pipes("SOC_example_1p_2r", 1, 50, 1e9, 6400) }

// pipes has n equal tasks between the source and the sink, each reading and writing some bytes.
func pipes(name string, n int, cycles, loops, bytes int64) Workload {
	w := Workload{Name: name, Last: "siink", LatencyBudgetS: 0.1, Budget: Budget{PowerMW: 1000, AreaMM2: 1e6}}
	w.Tasks = append(w.Tasks, Task{Name: "souurce"})
	var back []Edge
	for i := range n {
		task := fmt.Sprintf("participant%d", i)
		w.Tasks = append(w.Tasks, Task{Name: task, Cycles: cycles, LoopIterations: loops})
		w.Edges = append(w.Edges, Edge{"souurce", task, bytes})
		back = append(back, Edge{task, "siink", bytes})
	}
	w.Tasks = append(w.Tasks, Task{Name: "siink"})
	w.Edges = append(w.Edges, back...)
	return w
}
