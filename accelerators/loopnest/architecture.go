package loopnest

import (
	"errors"
	"fmt"
	"math"
)

// Architecture is a memory hierarchy above an array of multiply-accumulate units.
type Architecture struct {
	Name    string
	Levels  []Level // outermost first: the first one holds every tensor
	Compute Compute
}

// Level is one kind of memory, with all its instances. Fan-out lies between a level and the next one (or the compute units): the ratios of their
// meshes. Capacities, bandwidths, energies an access and areas are those of one instance.
type Level struct {
	Name          string
	NoStorage     bool     // holds nothing: a place where loops fan out
	Holds         []string // the tensors that it can keep; empty = every one
	CapacityWords int64    // shared by the tensors without a part of their own; 0 = unbounded
	Parts         []Part   // tensors with a part of their own
	Buffers       int      // copies of every tile: 2 = double buffering; 0 means 1
	WordBits      int      // a report only: capacities and bandwidths are in words
	BlockWords    int      // words of one access; 0 means 1
	ClusterSize   int      // instances that share one wide word; 0 means 1
	Instances     int      // in the whole chip; 0 means 1
	MeshX         int      // of them in a row; 0 means all

	ReadWordsPerCycle, WriteWordsPerCycle float64 // 0 = unbounded
	WordsPerCycle                         float64 // read and written together; 0 = unbounded

	NoMulticast bool // every instance below is sent its own copy of an operand
	NoReduction bool // partial sums of several instances below arrive one by one

	ReadPJ, WritePJ, UpdatePJ float64 // one access of a whole block; a fill is a write
	LeakPJPerCycle            float64
	AreaUM2                   float64
}

// Part is the capacity that one tensor has for itself.
type Part struct {
	Tensor        string
	CapacityWords int64
}

// Compute are the multiply-accumulate units.
type Compute struct {
	Name      string
	WordBits  int
	Instances int // 0 means 1
	MeshX     int // 0 means all
	EnergyPJ  float64
	AreaUM2   float64
}

// AreaMM2 returns the area of all instances of all levels and of the compute units.
func (a *Architecture) AreaMM2() float64 {
	um2 := float64(max(a.Compute.Instances, 1)) * a.Compute.AreaUM2
	for i := range a.Levels {
		um2 += float64(max(a.Levels[i].Instances, 1)) * a.Levels[i].AreaUM2
	}
	return um2 / 1e6
}

// Level returns the index of a level by its name.
func (a *Architecture) Level(name string) (int, bool) {
	for i := range a.Levels {
		if a.Levels[i].Name == name {
			return i, true
		}
	}
	return 0, false
}

// Check returns the architecture with its defaults filled in, or all mistakes, joined.
func (a Architecture) Check() (Architecture, error) {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("loopnest: architecture %q: "+format, append([]any{a.Name}, args...)...))
	}
	if n := len(a.Levels); n < 1 || n > MaxLevels {
		bad("%d levels out of range [1, %d]", n, MaxLevels)
	}
	a.Levels = append([]Level(nil), a.Levels...)
	a.Compute.Instances = orOne(a.Compute.Instances)
	if a.Compute.MeshX == 0 {
		a.Compute.MeshX = a.Compute.Instances
	}
	names := map[string]bool{}
	for i := range a.Levels {
		l := &a.Levels[i]
		l.fill()
		if l.Name == "" {
			bad("level %d has no name", i)
		} else if names[l.Name] {
			bad("two levels named %q", l.Name)
		}
		names[l.Name] = true
		l.check(bad)
		if i == 0 && (l.NoStorage || len(l.Holds) > 0) {
			bad("level %q is outermost: it must hold every tensor", l.Name)
		}
	}
	checkMesh(bad, "compute", a.Compute.Instances, a.Compute.MeshX)
	figure(bad, "compute", "energy", a.Compute.EnergyPJ)
	figure(bad, "compute", "area", a.Compute.AreaUM2)
	if len(errs) == 0 {
		a.checkFanout(bad)
	}
	return a, errors.Join(errs...)
}

func orOne(n int) int {
	if n == 0 {
		return 1
	}
	return n
}

// fill puts the defaults in.
func (l *Level) fill() {
	l.Buffers, l.BlockWords, l.ClusterSize, l.Instances = orOne(l.Buffers), orOne(l.BlockWords), orOne(l.ClusterSize), orOne(l.Instances)
	if l.MeshX == 0 {
		l.MeshX = l.Instances
	}
}

func (l *Level) check(bad func(string, ...any)) {
	what := fmt.Sprintf("level %q", l.Name)
	for _, count := range []struct {
		name  string
		value int
	}{{"buffers", l.Buffers}, {"words of a block", l.BlockWords}, {"cluster size", l.ClusterSize}} {
		if count.value < 1 || count.value > 1<<20 {
			bad("%s: %s %d out of range [1, 2^20]", what, count.name, count.value)
		}
	}
	if l.WordBits < 0 {
		bad("%s: word of %d bits: want at least 0", what, l.WordBits)
	}
	checkMesh(bad, what, l.Instances, l.MeshX)
	if l.CapacityWords < 0 || l.CapacityWords > MaxCount {
		bad("%s: capacity of %d words out of range [0, 2^60]", what, l.CapacityWords)
	}
	if l.NoStorage && (l.CapacityWords > 0 || len(l.Parts) > 0 || len(l.Holds) > 0) {
		bad("%s has no storage, but a capacity or tensors", what)
	}
	for _, p := range l.Parts {
		if p.CapacityWords < 1 || p.CapacityWords > MaxCount {
			bad("%s: part of %q of %d words out of range [1, 2^60]", what, p.Tensor, p.CapacityWords)
		}
	}
	for _, f := range []struct {
		name  string
		value float64
	}{{"read bandwidth", l.ReadWordsPerCycle}, {"write bandwidth", l.WriteWordsPerCycle}, {"bandwidth", l.WordsPerCycle}, {"read energy", l.ReadPJ},
		{"write energy", l.WritePJ}, {"update energy", l.UpdatePJ}, {"leakage", l.LeakPJPerCycle}, {"area", l.AreaUM2}} {
		figure(bad, what, f.name, f.value)
	}
}

func figure(bad func(string, ...any), what, name string, value float64) {
	if !(value >= 0) || math.IsInf(value, 0) {
		bad("%s: %s %g: want a finite number, at least 0", what, name, value)
	}
}

func checkMesh(bad func(string, ...any), what string, instances, meshX int) {
	switch {
	case instances < 1 || instances > 1<<30:
		bad("%s: %d instances out of range [1, 2^30]", what, instances)
	case meshX < 1 || instances%meshX != 0:
		bad("%s: rows of %d do not make up %d instances", what, meshX, instances)
	}
}

// checkFanout checks that the mesh of every level is a multiple of the one outside it.
func (a *Architecture) checkFanout(bad func(string, ...any)) {
	for i := range a.Levels {
		name, instances, meshX := "compute", a.Compute.Instances, a.Compute.MeshX
		if i+1 < len(a.Levels) {
			name, instances, meshX = fmt.Sprintf("level %q", a.Levels[i+1].Name), a.Levels[i+1].Instances, a.Levels[i+1].MeshX
		}
		l := &a.Levels[i]
		if meshX%l.MeshX != 0 || instances/meshX%(l.Instances/l.MeshX) != 0 {
			bad("%s is a mesh of %d×%d, no multiple of the %d×%d of level %q outside it", name, meshX, instances/meshX, l.MeshX, l.Instances/l.MeshX, l.Name)
		}
	}
}

// Fanout returns how many instances of the next level, or compute units, one instance of a level has below it, along X and Y.
func (a *Architecture) Fanout(level int) (x, y int) {
	instances, meshX := a.Compute.Instances, a.Compute.MeshX
	if level+1 < len(a.Levels) {
		instances, meshX = a.Levels[level+1].Instances, a.Levels[level+1].MeshX
	}
	l := &a.Levels[level]
	return meshX / l.MeshX, instances / meshX / (l.Instances / l.MeshX)
}
