package soc

import (
	_ "embed" // for the table of memories
	"errors"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
)

// MemoryModel has the figures of memories, before technology scaling. The capacity of a memory is the most bytes that it holds at a time, at least FloorBytes,
// rounded up to a multiple of QuantumBytes.
type MemoryModel struct {
	QuantumBytes, FloorBytes int64
	SRAM, DRAM               Memory
}

// Memory has the figures of one kind of memory: rows by ascending capacity, or without rows the constants.
type Memory struct {
	Rows            []MemoryRow
	EnergyPJPerByte float64
	AreaMM2PerKiB   float64
}

// MemoryRow has the figures of a memory of one capacity.
type MemoryRow struct {
	CapacityBytes                 int64
	ReadPJPerByte, WritePJPerByte float64
	AreaMM2                       float64
	LeakageMW                     float64
}

// CapacityBytes is what is built to hold the bytes.
func (m MemoryModel) CapacityBytes(peak int64) int64 {
	peak = max(peak, m.FloorBytes)
	return (peak + m.QuantumBytes - 1) / m.QuantumBytes * m.QuantumBytes
}

func (m *MemoryModel) of(k Kind) *Memory {
	if k == SRAM {
		return &m.SRAM
	}
	return &m.DRAM
}

// At has the figures of a capacity: a row, or between two of them a power law, log y linear in log(capacity). ok is false out of the range of the rows.
func (m *Memory) At(capacityBytes int64) (row MemoryRow, ok bool) {
	if len(m.Rows) == 0 {
		return MemoryRow{capacityBytes, m.EnergyPJPerByte, m.EnergyPJPerByte, m.AreaMM2PerKiB * float64(capacityBytes) / 1024, 0}, true
	}
	i := sort.Search(len(m.Rows), func(i int) bool { return m.Rows[i].CapacityBytes >= capacityBytes })
	switch {
	case i == len(m.Rows) || i == 0 && m.Rows[0].CapacityBytes != capacityBytes:
		return MemoryRow{}, false
	case m.Rows[i].CapacityBytes == capacityBytes:
		return m.Rows[i], true
	}
	below, above := &m.Rows[i-1], &m.Rows[i]
	at := math.Log(float64(capacityBytes)/float64(below.CapacityBytes)) / math.Log(float64(above.CapacityBytes)/float64(below.CapacityBytes))
	between := func(a, b float64) float64 {
		if a == 0 || b == 0 {
			return a + at*(b-a)
		}
		return a * math.Pow(b/a, at)
	}
	return MemoryRow{
		CapacityBytes: capacityBytes,
		ReadPJPerByte: between(below.ReadPJPerByte, above.ReadPJPerByte), WritePJPerByte: between(below.WritePJPerByte, above.WritePJPerByte),
		AreaMM2: between(below.AreaMM2, above.AreaMM2), LeakageMW: between(below.LeakageMW, above.LeakageMW),
	}, true
}

// memoryCSV holds energy, area and leakage by capacity: CACTI 7 at 40 nm, SRAM with low-operating-power cells, DRAM as main memory.
//
//go:embed data/memory.csv
var memoryCSV string

const (
	tableQuantumBytes = 256000 // of the reference
	tableFloorBytes   = 2048
	lineBytes         = 16 // an access of the table
)

// TableMemory is the reference's model of memories: rows by capacity, without leakage.
func TableMemory() MemoryModel {
	m := leakingMemory()
	for _, memory := range []*Memory{&m.SRAM, &m.DRAM} {
		for i := range memory.Rows {
			memory.Rows[i].LeakageMW = 0
		}
	}
	return m
}

// leakingMemory has the whole table.
func leakingMemory() MemoryModel {
	m, err := readMemories(memoryCSV)
	if err != nil {
		panic(err) // a file of this package
	}
	return m
}

// FlatMemory is the other model of the reference, constants a byte, and its buses. The figures are absurd and serve exact comparison.
func FlatMemory() (MemoryModel, BusModel) {
	const mib = 1 << 20
	const mm2PerM2 = 1e6
	return MemoryModel{
			QuantumBytes: mib, FloorBytes: 0,
			SRAM: Memory{EnergyPJPerByte: 1e12 / 200, AreaMM2PerKiB: 1024 * mm2PerM2},
			DRAM: Memory{EnergyPJPerByte: 1e12, AreaMM2PerKiB: 1024 * mm2PerM2 / 2},
		},
		BusModel{EnergyPJPerByte: 1e12}
}

// readMemories reads the table: kind, capacity, nanojoules to read and write a line, area, leakage.
func readMemories(text string) (MemoryModel, error) {
	m := MemoryModel{QuantumBytes: tableQuantumBytes, FloorBytes: tableFloorBytes}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines[1:] {
		cells := strings.Split(line, ",")
		var figures [5]float64
		if len(cells) != len(figures)+1 {
			return m, fmt.Errorf("soc: memory table: line %d: %d cells", i+2, len(cells))
		}
		for at := range figures {
			value, err := strconv.ParseFloat(cells[at+1], 64)
			if err != nil {
				return m, fmt.Errorf("soc: memory table: line %d: %w", i+2, err)
			}
			figures[at] = value
		}
		row := MemoryRow{int64(figures[0]), figures[1] / lineBytes * 1000, figures[2] / lineBytes * 1000, figures[3], figures[4]}
		switch cells[0] {
		case "sram":
			m.SRAM.Rows = append(m.SRAM.Rows, row)
		case "dram":
			m.DRAM.Rows = append(m.DRAM.Rows, row)
		default:
			return m, fmt.Errorf("soc: memory table: line %d: kind %q", i+2, cells[0])
		}
	}
	return m, nil
}

// check reports what no simulation can use.
func (m MemoryModel) check() error {
	var errs []error
	if m.QuantumBytes < 1 || m.FloorBytes < 0 || max(m.QuantumBytes, m.FloorBytes) > maxBytes {
		errs = append(errs, fmt.Errorf("soc: library: memories of a multiple of %d bytes and at least %d: want 1 to 2^40 and 0 to 2^40", m.QuantumBytes, m.FloorBytes))
	}
	for _, kind := range []Kind{SRAM, DRAM} {
		memory := m.of(kind)
		figure := func(what string, value float64) {
			if !usable(value, true) {
				errs = append(errs, fmt.Errorf("soc: library: %v: %s %g: want 0 or 1e-18 to 1e18", kind, what, value))
			}
		}
		figure("energy", memory.EnergyPJPerByte)
		figure("area", memory.AreaMM2PerKiB)
		for i, row := range memory.Rows {
			if i > 0 && row.CapacityBytes <= memory.Rows[i-1].CapacityBytes || row.CapacityBytes < 1 {
				errs = append(errs, fmt.Errorf("soc: library: %v: row of %d bytes: want more than in the row before", kind, row.CapacityBytes))
			}
			figure("read energy", row.ReadPJPerByte)
			figure("write energy", row.WritePJPerByte)
			figure("area", row.AreaMM2)
			figure("leakage", row.LeakageMW)
		}
	}
	return errors.Join(errs...)
}
