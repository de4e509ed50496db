package soc

import (
	"fmt"
	"maps"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/soc"
)

const limitedDoc = `AR/VR SoC in ArchGym's "limited" action vector: 3 processors, 3 memories, 3 buses and where tasks and data go.`

// Limited is the catalogue entry soc/limited.
func Limited() simulators.Factory {
	return simulators.Factory{
		Name: "soc/limited", Doc: limitedDoc + about,
		Settings: systemSettings("hpvm_cava", reference),
		New: func(s simulators.Settings) (simulators.Instance, error) {
			l, err := openLimited(s)
			if err != nil {
				return simulators.Instance{}, err
			}
			return simulators.Instance{Simulator: l.designs, Detail: l.Detail, Repair: l.repair, About: l.about()}, nil
		},
	}
}

// The number of blocks of each kind, and where the entries of the vector begin.
const (
	each      = 3
	peKinds   = 0
	peBus     = 3 * each
	busBus    = 4 * each
	busMemory = 5 * each
	taskPEs   = 6 * each
)

// none is the level of "no link" on the axes of buses.
const none = 0

// limited is soc/limited for its settings.
type limited struct {
	*designs
	graph  *soc.Graph
	first  []int // per axis: the entry of the vector that level 0 stands for
	ipTask int   // the only task that processors of kind 1 run
}

func openLimited(s simulators.Settings) (*limited, error) {
	system, origin, err := openSystem(s)
	if err != nil {
		return nil, err
	}
	l := &limited{graph: system.Graph()}
	var params []space.Param
	for i, a := range soc.LimitedAxes(system) {
		params = append(params, space.Param{Name: a.Name, Kind: space.Nominal, Labels: a.Names, Group: a.Group, Doc: l.entry(i)})
		l.first = append(l.first, a.First)
	}
	if kinds := params[peKinds].Labels; len(kinds) > 1 {
		ip, err := system.Library().Named(l.graph, kinds[1])
		if err != nil {
			return nil, err
		}
		l.ipTask = ip.Task
	}
	spec := simulators.Spec{Name: "soc/limited", Version: Version + origin, Doc: limitedDoc}
	if spec.Space, err = space.New(params...); err != nil {
		return nil, err
	}
	l.designs = newDesigns(spec, system, l.design)
	l.distance = func(p space.Point) float64 { return max(float64(l.breaches(p)), 1) }
	return l, nil
}

// entry says what an entry of the vector is.
func (l *limited) entry(axis int) string {
	switch {
	case axis < peBus:
		return "block of the library"
	case axis < busBus:
		return "the bus that it hangs on"
	case axis < busMemory:
		return "a bus that it is linked to"
	case axis < taskPEs:
		return "a memory that hangs on it"
	case axis < l.taskMemories():
		return "where the task runs"
	}
	return "where all outgoing data of the task lies"
}

// vector is the action vector of a point.
func (l *limited) vector(p space.Point) []int {
	action := make([]int, len(p))
	for axis, level := range p {
		action[axis] = level + l.first[axis]
	}
	return action
}

// design decodes a point.
func (l *limited) design(p space.Point, d *soc.Design) error {
	decoded, err := soc.DecodeLimited(l.system, l.vector(p))
	if err == nil {
		*d = *decoded
	}
	return err
}

// taskMemories is where the memories of the tasks' data begin.
func (l *limited) taskMemories() int { return taskPEs + len(l.graph.Tasks) }

// runs tells whether a task can run on a processor of the vector.
func (l *limited) runs(p space.Point, task, pe int) bool {
	return p[peKinds+pe] == 0 || task == l.ipTask
}

// reached tells whether the data of a flow can lie in a memory: from the buses of both tasks there is a way to it.
func (l *limited) reached(p space.Point, flow, memory int) bool {
	for bus := range each {
		if p[busMemory+bus] != memory+1 {
			continue
		}
		island := l.island(p, bus)
		f := l.graph.Flows[flow]
		return island[p[peBus+p[taskPEs+f.From]]] && island[p[peBus+p[taskPEs+f.To]]]
	}
	return false
}

// island marks the buses that a bus is linked to, over others too, itself included.
func (l *limited) island(p space.Point, bus int) (island [each]bool) {
	island[bus] = true
	for range each { // the longest way has each-1 links
		for from := range each {
			if to := p[busBus+from] - 1; to >= 0 && to != from && (island[from] || island[to]) {
				island[from], island[to] = true, true
			}
		}
	}
	return island
}

// validShares are the parts of random vectors that are designs, measured on 1.5 million vectors each (standard deviation below 2 % of the share).
func validShares() map[string]float64 {
	return map[string]float64{
		"audio_decoder": 0.00315, "hpvm_cava": 0.00392, "edge_detection": 0.00436, "SOC_example_1p": 0.0702, "SOC_example_8p": 0.0271,
	}
}

// about tells what the vectors are measured against, and how few of them are designs.
func (l *limited) about() []simulators.Section {
	shares := validShares()
	var rows [][]string
	for _, workload := range slices.Sorted(maps.Keys(shares)) {
		rows = append(rows, []string{workload, fmt.Sprintf("%.3g %%", 100*shares[workload])})
	}
	return append(budgets(l.system),
		simulators.Section{Title: "VALID VECTORS", Columns: []string{"of random ones, before repair"}, Rows: rows},
		simulators.Section{Title: "VALID VECTORS AFTER REPAIR", Columns: []string{"share"}, Rows: [][]string{{"any workload", "100 %"}}})
}
