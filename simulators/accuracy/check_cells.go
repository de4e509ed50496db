package accuracy

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// classes compares the canonical cells with the published classes of equal function: each class has one canonical cell, and it is no other class's.
func (r *reference) classes() error {
	const name = "nb201: classes of equal function"
	cells, err := nas.NewNASBench201(nas.CIFAR10())
	if err != nil {
		return err
	}
	content, ok, err := r.read(name, cellFile)
	if !ok {
		return err
	}
	t, err := newTable(content)
	if err != nil {
		return wrapFile(cellFile, err)
	}
	columns, err := t.columns("arch", "iso")
	if err != nil {
		return wrapFile(cellFile, err)
	}
	ours, theirs := map[string]string{}, map[string]string{}
	a := simulators.Agreement{Reference: name}
	err = t.each(func(record []string) error {
		p, err := cells.Parse(record[columns[0]])
		if err != nil {
			return err
		}
		class, canonical := record[columns[1]], cells.Text(cells.Canonical(p))[0]
		if _, seen := ours[class]; !seen {
			ours[class] = canonical
		}
		if _, seen := theirs[canonical]; !seen {
			theirs[canonical] = class
		}
		a.Rows++
		if ours[class] == canonical && theirs[canonical] == class {
			a.Equal++
		} else if a.FirstDifference == "" {
			a.FirstDifference = fmt.Sprintf("%s: class %s, canonical %s", record[columns[0]], class, canonical)
		}
		return nil
	})
	r.list = append(r.list, a)
	return wrapFile(cellFile, err)
}

// hardware compares the rules of HW-NAS-Bench's cost models with their rows, of all three data sets. Energies are printed to about six digits.
func (r *reference) hardware() error {
	const tolerance = 3e-5
	at, err := r.byIndex()
	if at == nil || err != nil {
		return err
	}
	for _, d := range []struct {
		prefix string
		data   nas.Dataset
	}{{"c10", nas.CIFAR10()}, {"c100", nas.CIFAR100()}, {"in16", nas.ImageNet16()}} {
		cells, err := nas.NewNASBench201(d.data)
		if err != nil {
			return err
		}
		columns := []string{d.prefix + "_eyeriss_latency", d.prefix + "_eyeriss_energy", d.prefix + "_fpga_latency", d.prefix + "_fpga_energy"}
		name := fmt.Sprintf("nb201: Eyeriss and FPGA of HW-NAS-Bench, %s, within %g ms, mJ", d.data.Name, tolerance)
		err = r.compare(name, hardwareFile, columns, tolerance, *at, func(p space.Point) ([]float64, error) {
			c, err := cells.HWNASBench(p)
			return []float64{c.EyerissLatencyMS, c.EyerissEnergyMilliJ, c.FPGALatencyMS, c.FPGAEnergyMilliJ}, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// byIndex finds cells by their index in the benchmark, which the table of the cells gives; nil when it is not there. An index that it lacks is
// a row to leave out.
func (r *reference) byIndex() (*finder, error) {
	cells, err := nas.NewNASBench201(nas.CIFAR10())
	if err != nil {
		return nil, err
	}
	content, ok, err := r.read("nb201: Eyeriss and FPGA of HW-NAS-Bench", cellFile)
	if !ok {
		return nil, err
	}
	t, err := newTable(content)
	if err != nil {
		return nil, wrapFile(cellFile, err)
	}
	columns, err := t.columns("idx", "arch")
	if err != nil {
		return nil, wrapFile(cellFile, err)
	}
	points := map[string]space.Point{}
	err = t.each(func(record []string) error {
		p, err := cells.Parse(record[columns[1]])
		points[record[columns[0]]] = p
		return err
	})
	return &finder{[]string{"idx"}, func(fields []string) (space.Point, bool, error) {
		p, ok := points[fields[0]]
		return p, ok, nil
	}}, wrapFile(cellFile, err)
}
