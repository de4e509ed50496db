package golden

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// names are the dimensions of the tables in the order of loopnest.FromLayer.
const names = "CMRSPQN"

// build makes the problem, the architecture and the mapping of a design from its lines.
func (d *Design) build(nests []record) error {
	var size [len(names)]int64
	for i := range size {
		size[i] = 1
	}
	for i, nest := range nests {
		level, err := d.level(nest["component"])
		if err != nil {
			return err
		}
		d.Architecture.Levels = append(d.Architecture.Levels, level)
		mapping, words, err := line(nest, &size)
		if err != nil {
			return fmt.Errorf("%s: %w", nest["component"], err)
		}
		d.Mapping.Levels = append(d.Mapping.Levels, mapping)
		d.keeps = append(d.keeps, keep{i, words})
	}
	if len(nests) == 0 {
		return fmt.Errorf("no mapping")
	}
	d.Architecture.Name = d.Name
	d.spreadInstances()
	return d.problem(size)
}

// level returns the level of a component: without storage where the table of levels does not have it.
func (d *Design) level(component string) (loopnest.Level, error) {
	for _, r := range d.levels {
		n := numbers{record: r}
		instances := int(n.count("instances"))
		if r["tensor"] == "compute" {
			d.Architecture.Compute = loopnest.Compute{Name: r["component"], Instances: instances, EnergyPJ: n.float("compute_pJ")}
		}
		if r["component"] == component {
			return loopnest.Level{Name: component, CapacityWords: n.count("size_words"), WordBits: int(n.count("word_bits")), BlockWords: int(n.count("block_size")),
				ClusterSize: int(n.count("cluster_size")), Instances: instances, ReadWordsPerCycle: n.float("read_bw"), WriteWordsPerCycle: n.float("write_bw"),
				ReadPJ: n.float("read_pJ"), WritePJ: n.float("write_pJ"), UpdatePJ: n.float("update_pJ"), LeakPJPerCycle: n.float("leak_pJ_per_cycle"),
				AreaUM2: n.float("area_um2")}, n.err
		}
	}
	return loopnest.Level{Name: component, NoStorage: true}, nil
}

// line reads the loops and the tiles of a level: "P=8 spX:M=4" and "Weights:864".
func line(nest record, size *[len(names)]int64) (m loopnest.LevelMapping, words map[string]int64, err error) {
	for _, text := range strings.Fields(nest["loops"]) {
		dimension, trips, ok := strings.Cut(text, "=")
		n, bad := strconv.ParseInt(trips, 10, 64)
		name, along := dimension[max(len(dimension)-1, 0):], ""
		if before, after, spatial := strings.Cut(dimension, ":"); spatial {
			along, name = before, after
		}
		d := strings.Index(names, name)
		if !ok || bad != nil || d < 0 || n < 1 || len(name) != 1 || along != "" && along != "spX" && along != "spY" {
			return m, nil, fmt.Errorf("loop %q: want one like P=8 or spX:M=4", text)
		}
		size[d] *= n
		if along == "" {
			m.Temporal = append(m.Temporal, loopnest.Loop{Dimension: d, Trips: n})
		} else {
			m.Spatial = append(m.Spatial, loopnest.Spread{Dimension: d, Trips: n})
		}
	}
	words = map[string]int64{}
	for _, text := range strings.Fields(nest["keeps"]) {
		tensor, count, _ := strings.Cut(text, ":")
		n, bad := strconv.ParseInt(count, 10, 64)
		t := strings.Index("Weights Inputs  Outputs ", tensor) / 8
		if bad != nil || t < 0 || tensor == "" {
			return m, nil, fmt.Errorf("tile %q: want one like Weights:864", text)
		}
		m.Keep |= loopnest.Tensors(t)
		words[tensor] = n
	}
	return m, words, nil
}

// spreadInstances gives the levels without storage as many instances as the loops outside need: the tables have the meshes of storages only.
func (d *Design) spreadInstances() {
	levels := d.Architecture.Levels
	for i := 1; i < len(levels); i++ {
		if !levels[i].NoStorage {
			continue
		}
		next := d.Architecture.Compute.Instances
		for j := len(levels) - 1; j > i; j-- {
			if !levels[j].NoStorage {
				next = levels[j].Instances
			}
		}
		need := 1
		for _, s := range d.Mapping.Levels[i-1].Spatial {
			need *= int(s.Trips)
		}
		outer := max(levels[i-1].Instances, 1)
		for next%(outer*need) != 0 && outer*need < next {
			need++
		}
		levels[i].Instances = outer * need
	}
}

// problem makes the convolution whose loops make the given trips, with the stride that its inputs show.
func (d *Design) problem(size [len(names)]int64) error {
	d.Problem.Name = d.Name
	for i, name := range names {
		d.Problem.Dimensions = append(d.Problem.Dimensions, loopnest.Dimension{Name: string(name), Size: size[i]})
	}
	for stride := int64(1); stride <= 16; stride++ {
		d.Problem.Tensors = []loopnest.Tensor{
			{Name: "Weights", Axes: []loopnest.Axis{loopnest.Along(loopnest.M), loopnest.Along(loopnest.C), loopnest.Along(loopnest.R), loopnest.Along(loopnest.S)}},
			{Name: "Inputs", Axes: []loopnest.Axis{loopnest.Along(loopnest.N), loopnest.Along(loopnest.C), loopnest.Window(loopnest.P, stride, loopnest.R, 1), loopnest.Window(loopnest.Q, stride, loopnest.S, 1)}},
			{Name: "Outputs", Axes: []loopnest.Axis{loopnest.Along(loopnest.N), loopnest.Along(loopnest.M), loopnest.Along(loopnest.P), loopnest.Along(loopnest.Q)}, Output: true},
		}
		if d.Problem.Words(1) == d.keeps[0].words["Inputs"] {
			return nil
		}
	}
	return fmt.Errorf("no stride up to 16 makes %d inputs", d.keeps[0].words["Inputs"])
}
