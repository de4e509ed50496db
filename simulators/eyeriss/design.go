package eyeriss

import (
	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/simulators/timeloop"
)

// The levels of the hierarchy, outermost first.
const (
	dram = iota
	glb
	columns // the dummy buffer: every tensor passes it by
	ifmapSpad
	weightsSpad
	psumSpad
)

const (
	wordBits      = 16
	accumulator   = 32 // bits of the adder of a multiply-accumulate unit
	dummies       = 14 // instances of the dummy buffer
	dramLineWords = 4  // of a 64-bit channel
)

// class is how a memory is built, by the names of Accelergy's classes.
type class string

func classes() []class { return []class{"regfile", "smartbuffer_SRAM", "smartbuffer_RF", "SRAM"} }

// memory is one of the memories of a design.
type memory struct {
	class       class
	depth       int // lines
	block       int // words of a line, which one access moves
	banks       int // 0 = one
	read, write int // words a cycle; 0 = unbounded
}

// words is the capacity.
func (m memory) words() int64 { return int64(m.depth) * int64(m.block) }

// cost is what the memory costs by a table.
func (m memory) cost(t tech.Table) (timeloop.MemoryCost, error) {
	kind := timeloop.SRAM
	if m.class == "regfile" || m.class == "smartbuffer_RF" {
		kind = timeloop.RegisterFile
	}
	smart := m.class == "smartbuffer_RF" || m.class == "smartbuffer_SRAM"
	return timeloop.Memory{Kind: kind, Smart: smart, Depth: int64(m.depth), Width: int64(m.block) * wordBits, Banks: int64(m.banks)}.Cost(t)
}

// level is the memory as a level of the hierarchy.
func (m memory) level(t tech.Table, name string, instances, meshX int, holds ...string) (loopnest.Level, error) {
	cost, err := m.cost(t)
	return loopnest.Level{
		Name: name, Holds: holds, CapacityWords: m.words(), WordBits: wordBits, BlockWords: m.block, Instances: instances, MeshX: meshX,
		ReadWordsPerCycle: float64(m.read), WriteWordsPerCycle: float64(m.write),
		ReadPJ: cost.ReadPJ, WritePJ: cost.WritePJ, UpdatePJ: cost.WritePJ, AreaUM2: cost.AreaUM2,
	}, err
}

// design is the typed configuration of one evaluation.
type design struct {
	pes, meshX                int
	glb, ifmap, weights, psum memory
	dummy                     memory
	scenario                  *scenario
}

// rows is how many processing elements a column has below one dummy buffer.
func (d *design) rows() int { return d.pes / dummies }

// architecture is the hierarchy of a design: DRAM, the global buffer, the columns, and in each processing element three scratchpads and a unit.
func (d *design) architecture() (a loopnest.Architecture, err error) {
	t := d.scenario.table
	a.Name = "eyeriss"
	line := float64(dramLineWords*wordBits) * t.DRAMEnergyPJPerBit
	a.Levels = make([]loopnest.Level, psumSpad+1)
	a.Levels[dram] = loopnest.Level{Name: "DRAM", WordBits: wordBits, BlockWords: dramLineWords, ReadPJ: line, WritePJ: line, UpdatePJ: line}
	for _, part := range []struct {
		at               int
		memory           memory
		name             string
		instances, meshX int
		holds            []string
	}{
		{glb, d.glb, "shared_glb", 1, 1, []string{inputs, outputs}},
		{ifmapSpad, d.ifmap, "ifmap_spad", d.pes, d.meshX, []string{inputs}},
		{weightsSpad, d.weights, "weights_spad", d.pes, d.meshX, []string{weights}},
		{psumSpad, d.psum, "psum_spad", d.pes, d.meshX, []string{outputs}},
	} {
		if a.Levels[part.at], err = part.memory.level(t, part.name, part.instances, part.meshX, part.holds...); err != nil {
			return a, err
		}
	}
	dummy, err := d.dummy.cost(t)
	if err != nil {
		return a, err
	}
	a.Levels[columns] = loopnest.Level{Name: "dummy_buffer", NoStorage: true, Instances: dummies, MeshX: d.meshX, AreaUM2: dummy.AreaUM2}
	energy, area, err := timeloop.MACCost(t, wordBits, accumulator)
	a.Compute = loopnest.Compute{Name: "mac", WordBits: wordBits, Instances: d.pes, MeshX: d.meshX, EnergyPJ: energy, AreaUM2: area}
	return a, err
}
